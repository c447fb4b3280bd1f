"""Writes statistics.json: what SciPy, statsmodels, scikit-learn and definitions make of small samples."""

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy import optimize, special, stats
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, log_loss
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

MASK = 2**64 - 1


class Random:
    """xoshiro128** seeded by SplitMix64, in Python's whole numbers."""

    def __init__(self, seed):
        self.state = []
        for _ in range(2):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 & MASK
            z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
            z ^= z >> 31
            self.state += [z & 0xFFFFFFFF, z >> 32]

    def uint32(self):
        s = self.state
        result = rotated(s[1] * 5 & 0xFFFFFFFF, 7) * 9 & 0xFFFFFFFF
        t = s[1] << 9 & 0xFFFFFFFF
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotated(s[3], 11)
        return result

    def float(self):
        return ((self.uint32() >> 5) * 2**26 + (self.uint32() >> 6)) / 2**53

    def int(self, bound):
        while True:
            value = self.uint32() // (2**32 // bound)
            if value < bound:
                return value

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.int(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def rotated(x, k):
    return (x << k | x >> 32 - k) & 0xFFFFFFFF


def check_generators():
    """Against the outputs that the literature and other implementations give for these states."""
    known = Random(0)
    known.state = [1, 2, 3, 4]
    assert [known.uint32() for _ in range(4)] == [11520, 0, 5927040, 70819200]
    low, high, *_ = Random(1234567).state
    assert high << 32 | low == 6457827717110365317


def random_cases():
    cases = []
    for seed in [0, 1, 42, 1234567, 2**53 - 1]:
        words, floats, ints, shuffled = (Random(seed) for _ in range(4))
        cases.append(
            {
                "seed": seed,
                "words": [words.uint32() for _ in range(8)],
                "floats": [floats.float() for _ in range(4)],
                "bound": 3_000_000_000,
                "ints": [ints.int(3_000_000_000) for _ in range(8)],
                "shuffled": shuffled.shuffled(range(12)),
            }
        )
    return cases


def distributions():
    shapes = [(0.1, 0.5), (0.5, 0.5), (1, 1), (2, 3.5), (5, 0.5), (30, 70), (500, 0.5), (5e3, 0.5), (900, 1200)]
    beta, beta_quantile = [], []
    for a, b in shapes:
        # Rounded, so that neither side holds more digits of x than the other.
        xs = {round(stats.beta.ppf(p, a, b), 12) for p in (1e-8, 0.01, 0.3, 0.5, 0.9, 0.999)} - {0.0, 1.0}
        beta += [[a, b, x, special.betainc(a, b, x)] for x in sorted(xs)]
    for a, b in [(1, 1), (1, 20), (3, 8), (40, 2), (500, 700), (9999, 1)]:
        beta_quantile += [[p, a, b, special.betaincinv(a, b, p)] for p in (1e-6, 0.025, 0.5, 0.975, 0.9999)]
    t, t_quantile = [], []
    for df in [1, 2, 3, 7.5, 29, 42, 200, 6979, 1e6]:
        ts = (-40, -3, -0.5, 0, 1e-3, 1, 2.5, 9)
        t += [[x, df, stats.t.cdf(x, df), 2 * stats.t.sf(abs(x), df)] for x in ts]
        t_quantile += [[p, df, stats.t.ppf(p, df)] for p in (1e-12, 1e-4, 0.025, 0.4, 0.5, 0.8, 0.975, 0.9995)]
    zs = [-37, -12, -6, -2.5, -2, -1.96, -0.5, 0, 1e-5, 0.3, 1.5, 2, 2.0001, 4]
    ps = [1e-300, 1e-30, 1e-9, 1e-3, 0.025, 0.2, 0.49, 0.5, 0.6, 0.8, 0.975, 0.99999]
    return {
        "incompleteBeta": beta,
        "betaQuantile": beta_quantile,
        "studentT": t,
        "studentTQuantile": t_quantile,
        "normal": [[z, stats.norm.cdf(z)] for z in zs],
        "normalQuantile": [[p, stats.norm.ppf(p)] for p in ps],
    }


def thousandths(rng, n, spread, shift=0.0):
    """Numbers with three decimals, as whole thousandths."""
    return [int(round(1000 * x)) for x in rng.normal(shift, spread, n)]


def paired_t(rng):
    cases = []
    for n, shift in [(2, 0.1), (3, 0.0), (10, 0.05), (43, 0.04), (300, -0.02)]:
        d = np.array(thousandths(rng, n, 0.2, shift)) / 1000
        baseline = rng.random(n)
        test = stats.ttest_1samp(d, 0)
        paired = stats.ttest_rel(baseline + d, baseline)
        assert math.isclose(test.pvalue, paired.pvalue, rel_tol=1e-9)
        intervals = [[c, *map(float, test.confidence_interval(c))] for c in (0.5, 0.95, 0.99)]
        cases.append(
            {
                "differences": d.tolist(),
                "mean": d.mean(),
                "sd": d.std(ddof=1),
                "t": test.statistic,
                "p": test.pvalue,
                "intervals": intervals,
            }
        )
    return cases


def randomisation_exact(rng):
    cases = []
    samples = [thousandths(rng, n, 0.2, 0.1) for n in (1, 2, 5, 8, 11)]
    samples.append([100, 200, -300, 100, 200, -300, 0, 0, 400])  # ties that rounding hides, and zeros
    samples.append([0, 0, 0])
    for d in samples:
        observed = abs(sum(d))
        patterns = itertools.product((1, -1), repeat=len(d))
        extreme = sum(abs(sum(s * x for s, x in zip(signs, d))) >= observed for signs in patterns)
        p = extreme / 2 ** len(d)
        if len(d) > 1:
            scipy = stats.permutation_test(
                (np.array(d, float),), lambda x, axis: x.sum(axis), permutation_type="samples", n_resamples=np.inf
            )
            assert math.isclose(scipy.pvalue, p), (scipy.pvalue, p)
        cases.append({"thousandths": d, "p": p})
    return cases


def randomisation_sampled(rng):
    """The same patterns of signs, added in whole numbers."""
    cases = []
    for n, flips, seed in [(20, 999, 1), (43, 1999, 2), (70, 999, 3)]:
        d = [x for x in thousandths(rng, n, 0.2, 0.03) if x != 0]
        random = Random(seed)
        sums = [0] * flips
        for start in range(0, len(d), 32):
            block = d[start : start + 32]
            for b in range(flips):
                word = random.uint32()
                sums[b] += sum(-x if word >> i & 1 else x for i, x in enumerate(block))
        extreme = sum(abs(s) >= abs(sum(d)) for s in sums)
        cases.append({"thousandths": d, "flips": flips, "seed": seed, "p": (1 + extreme) / (flips + 1)})
    return cases


def bootstrap(rng):
    """The same resamples; the interval by SciPy's percentile method from its own statistic of them."""
    cases = []
    for n, resamples, seed in [(1, 10, 1), (10, 500, 2), (43, 2000, 3)]:
        values = np.array(thousandths(rng, n, 0.2)) / 1000
        random = Random(seed)
        means = np.array([values[[random.int(n) for _ in range(n)]].mean() for _ in range(resamples)])
        intervals = []
        for c in (0.8, 0.95):
            if n == 1:
                intervals.append([c, *np.percentile(means, [50 - 50 * c, 50 + 50 * c]).tolist()])
                continue
            result = stats.bootstrap((values,), np.mean, n_resamples=2, method="percentile")
            result.bootstrap_distribution = means
            result = stats.bootstrap(
                (values,), np.mean, n_resamples=0, bootstrap_result=result, confidence_level=c, method="percentile"
            )
            intervals.append([c, *map(float, result.confidence_interval)])
        cases.append({"values": values.tolist(), "resamples": resamples, "seed": seed, "intervals": intervals})
    return cases


def holm(rng):
    families = [[0.04], [0.01, 0.04, 0.03], [0.5, 0.9, 0.6], [1e-5, 1.0, 0.02, 0.02, 0.013]]
    families.append(rng.random(12).round(4).tolist())
    return [{"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()} for p in families]


def power():
    """Exact answers by the noncentral t distribution, which the package approximates."""
    exact = TTestPower()
    detectable = [
        [n, alpha, wanted, exact.solve_power(nobs=n, alpha=alpha, power=wanted)]
        for n, alpha in [(8, 0.05), (20, 0.05), (20, 0.01), (43, 0.05), (43, 0.01), (1000, 0.05)]
        for wanted in (0.8, 0.9)
    ]
    needed = [
        [sd, delta, wanted, math.ceil(exact.solve_power(effect_size=delta / sd, alpha=0.05, power=wanted))]
        for sd, delta in [(0.15, 0.02), (0.2, 0.02), (0.25, 0.02), (0.2, 0.1), (0.25, 0.005)]
        for wanted in (0.8, 0.9)
    ]
    return {"detectable": detectable, "needed": needed}


def descriptions(rng):
    cases = []
    qs = [0, 0.1, 0.25, 0.5, 0.77, 1]
    spread, offset = rng.normal(0, 1, 11).round(3), 1e6 + rng.normal(0, 1e-3, 50)
    for values in [[3.0], [1.0, 2.0], spread.tolist(), offset.tolist()]:
        cases.append(
            {
                "values": values,
                "mean": math.fsum(values) / len(values),
                "sd": float(np.std(values, ddof=1)) if len(values) > 1 else None,
                "quantiles": [[q, float(np.quantile(values, q))] for q in qs],
            }
        )
    return cases


def correlations(rng):
    cases = []
    samples = [(np.arange(5.0), np.array([2.0, 1, 4, 3, 5])), (np.array([1.0, 2]), np.array([5.0, 3]))]
    for n, levels in [(9, 3), (40, 5), (150, 1000)]:
        x = rng.integers(0, levels, n)
        samples.append((x * 1.0, np.clip(x + rng.integers(-levels, levels, n), 0, None) * 0.5))
    for x, y in samples:
        cases.append(
            {
                "x": x.tolist(),
                "y": y.tolist(),
                "kendall": stats.kendalltau(x, y).statistic,
                "spearman": stats.spearmanr(x, y).statistic,
                "pearson": stats.pearsonr(x, y).statistic,
                "ranks": stats.rankdata(x).tolist(),
            }
        )
    return cases


def overlaps(rng):
    """The infinite sum (1 − p) Σ p^(d−1) A_d itself, 20,000 terms of it."""
    cases = []
    lists = [("abc", "abc"), ("abc", "cba"), ("abc", "xyz"), ("a", "ba")]
    lists += [("abcdefgh", "bdx"), ("bdx", "abcdefgh")]
    letters = "abcdefghijklmnopqrstuvwxyz"
    for long, short in [(20, 20), (26, 9)]:
        lists.append(tuple("".join(rng.permutation(list(letters))[:k]) for k in (long, short)))
    for first, second in lists:
        short, long = sorted((first, second), key=len)
        s, l = len(short), len(long)
        at = lambda d: len(set(short[:d]) & set(long[:d]))
        for p in (0.5, 0.9, 0.98):
            total = []
            for d in range(1, 20_001):
                e = min(d, l)
                agreement = (at(e) + (at(s) * (e - s) / s if e > s else 0)) / e
                total.append((1 - p) * p ** (d - 1) * agreement)
            cases.append({"first": list(first), "second": list(second), "p": p, "overlap": math.fsum(total)})
    return cases


def labelled(rng, n, decimals):
    scores = rng.normal(0, 2, n).round(decimals)
    labels = rng.random(n) < special.expit(1.3 * scores - 0.7)
    return scores, labels


def platt(rng):
    cases = []
    samples = [labelled(rng, 60, 2), labelled(rng, 200, 0)]
    samples.append((np.array([-2.0, -1, 1, 2, 3]), np.array([False, False, True, True, True])))  # separable
    samples.append((1e4 + 1e-2 * samples[0][0], samples[0][1]))  # far from 0 and narrow
    samples.append((-samples[0][0], samples[0][1]))  # wrong way round
    for scores, labels in samples:
        positives = labels.sum()
        targets = np.where(labels, (positives + 1) / (positives + 2), 1 / (len(labels) - positives + 2))
        centre, spread = scores.mean(), scores.std()
        z = (scores - centre) / spread

        def gradient(w):
            error = special.expit(w[0] * z + w[1]) - targets
            return [error @ z, error.sum()]

        root = optimize.root(gradient, [0, 0], tol=1e-15).x
        assert max(map(abs, gradient(root))) < 1e-12
        a, b = root[0] / spread, root[1] - root[0] * centre / spread
        sklearn = _SigmoidCalibration().fit(scores, labels)
        assert np.allclose(sklearn.predict(scores), special.expit(a * scores + b), atol=1e-3)
        cases.append({"scores": scores.tolist(), "labels": labels.tolist(), "a": a, "b": b})
    return cases


def reliability(rng):
    cases = []
    for n, bins in [(60, 15), (90, 10)]:
        p = rng.random(n).round(6)
        labels = rng.random(n) < p**1.5
        order = np.argsort(p)
        parts = np.split(order, bins)
        accuracy = [labels[part].mean() for part in parts]
        confidence = [p[part].mean() for part in parts]
        ours = calibration_curve(labels, p, n_bins=bins, strategy="quantile")
        assert np.allclose(ours[0], accuracy) and np.allclose(ours[1], confidence)
        cases.append(
            {
                "probabilities": p.tolist(),
                "labels": labels.tolist(),
                "bins": bins,
                "accuracy": accuracy,
                "confidence": confidence,
                "ece": float(np.mean(np.abs(np.array(accuracy) - confidence))),
                "brier": brier_score_loss(labels, p),
                "logLoss": log_loss(labels, p),
            }
        )
    return cases


def proportions():
    cases = []
    for k, n in [(0, 1), (1, 1), (0, 20), (20, 20), (1, 30), (9, 10), (55, 100), (990, 1000), (123, 4567)]:
        test = stats.binomtest(k, n)
        for c in (0.8, 0.95, 0.99):
            wilson, exact = (test.proportion_ci(c, method) for method in ("wilson", "exact"))
            row = {"successes": k, "trials": n, "confidence": c}
            cases.append(row | {"wilson": [*map(float, wilson)], "exact": [*map(float, exact)]})
    return cases


def isotonic(rng):
    cases = []
    samples = [labelled(rng, 80, 2), labelled(rng, 80, 0)]
    # Pooled only once the tie at 1 is complete: 1/2 at 0, 3/4 at 1.
    tied = np.array([0.0, 0, 1, 1, 1, 1]), np.array([False, True, False, True, True, True])
    samples.append(tied)
    for scores, labels in samples:
        least = 1 / (len(labels) + 2)
        fit = IsotonicRegression(y_min=least, y_max=1 - least, out_of_bounds="clip").fit(scores, labels)
        at = np.linspace(scores.min() - 1, scores.max() + 1, 41)
        case = {"scores": scores.tolist(), "labels": labels.tolist(), "at": at.tolist()}
        cases.append(case | {"p": fit.predict(at).tolist()})
    return cases


def precision_thresholds(rng):
    cases = []
    for n, decimals in [(120, 2), (300, 0)]:
        scores, labels = labelled(rng, n, decimals)
        for target in (0.3, 0.6, 0.9, 0.999):
            held = []
            for theta in np.unique(scores):
                kept = labels[scores >= theta]
                if stats.binomtest(int(kept.sum()), len(kept)).proportion_ci(0.95, "wilson").low >= target:
                    held.append(float(theta))
            case = {"scores": scores.tolist(), "labels": labels.tolist(), "target": target}
            cases.append(case | {"threshold": min(held, default=None)})
    return cases


def conformal_indices():
    """⌊(n + 1)·α⌋ in exact arithmetic of the decimals."""
    alphas = ("0.01", "0.05", "0.1", "0.29", "0.58", "0.9")
    return [[n, float(a), math.floor((n + 1) * Fraction(a))] for n in (1, 9, 19, 50, 99, 999) for a in alphas]


def main():
    check_generators()
    rng = np.random.default_rng(20240229)
    goldens = {
        "random": random_cases(),
        **distributions(),
        "pairedT": paired_t(rng),
        "randomisationExact": randomisation_exact(rng),
        "randomisationSampled": randomisation_sampled(rng),
        "bootstrap": bootstrap(rng),
        "holm": holm(rng),
        "power": power(),
        "describe": descriptions(rng),
        "correlation": correlations(rng),
        "overlap": overlaps(rng),
        "platt": platt(rng),
        "reliability": reliability(rng),
        "proportion": proportions(),
        "isotonic": isotonic(rng),
        "precisionThreshold": precision_thresholds(rng),
        "conformalIndex": conformal_indices(),
    }
    parts = [f"{json.dumps(name)}: {json.dumps(value, default=float)}" for name, value in goldens.items()]
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    Path(__file__).with_name("statistics.json").write_text(text)


if __name__ == "__main__":
    main()
