"""Writes preference.json.gz: what choix and SciPy make of comparisons and rankings."""

import gzip
import itertools
import json
from pathlib import Path

import choix
import numpy as np
from choix.opt import PairwiseFcts, Top1Fcts
from scipy import optimize, special, stats

SLOPES = {"case-v": np.sqrt(0.5), "probit": 1.0, "zelo": np.sqrt(2.0)}


def best(gradient, n, start=None):
    """Where a gradient is 0, from a quasi-Newton search polished by MINPACK."""
    found = optimize.root(gradient, np.zeros(n) if start is None else start, tol=1e-15)
    assert np.abs(gradient(found.x)).max() < 1e-9, np.abs(gradient(found.x)).max()
    return found.x - found.x.mean()


def comparisons(rng, n, m, kind):
    """Rows a, b, probability, weight over a connected set of pairs: a cycle first, then at random."""
    truth = rng.normal(0, 1.5, n)
    rows = []
    for c in range(m):
        a, b = (c % n, (c + 1) % n) if c < n else rng.choice(n, 2, replace=False)
        p = special.expit(truth[a] - truth[b])
        if kind == "soft":
            p = float(np.round(special.expit(special.logit(p) + rng.normal(0, 0.7)), 4))
        elif kind == "votes":
            p = float(rng.binomial(3, p)) / 3
        else:
            p = float(rng.random() < p)
        weight = [1.0, 1.0, 2.0, 0.5][c % 4] if kind == "votes" else 1.0
        rows.append([int(a), int(b), p, weight])
    return rows


def summed(rows, n):
    """Soft wins of i over j."""
    w = np.zeros((n, n))
    for a, b, p, weight in rows:
        w[a, b] += weight * p
        w[b, a] += weight * (1 - p)
    return w


def centred(matrix):
    n = len(matrix)
    away = np.eye(n) - 1 / n
    return away @ matrix @ away


def covariance(information, lam):
    n = len(information)
    return centred(np.linalg.pinv(information + lam * np.eye(n), hermitian=True))


def laplacian(weights):
    return np.diag(weights.sum(1)) - weights


def bradley_terry(rng):
    cases = []
    for n, m, kind, lam in [
        (5, 12, "soft", 0.05),
        (12, 40, "hard", 0.05),
        (12, 40, "hard", 1e-3),
        (20, 60, "soft", 0.0),
        (20, 80, "votes", 0.3),
        (30, 120, "soft", 1.0),
    ]:
        rows = comparisons(rng, n, m, kind)
        w = summed(rows, n)
        total = w + w.T

        def gradient(e):
            g = (w - total * special.expit(e[:, None] - e[None, :])).sum(1) - lam * e
            return g if lam > 0 else g + e.sum()  # pins the constant

        scores = best(gradient, n)
        p = special.expit(scores[:, None] - scores[None, :])
        if kind == "hard":
            data = [(a, b) if won else (b, a) for a, b, won, _ in rows]
            theirs = choix.opt_pairwise(n, data, alpha=lam / 2, tol=1e-12)
            assert np.abs(theirs - theirs.mean() - scores).max() < 1e-6
            assert np.allclose(PairwiseFcts(data, lam / 2).hessian(scores), laplacian(total * p * (1 - p)) + lam * np.eye(n))
        upper = np.triu(total) > 0
        share = np.divide(w, total, out=np.zeros_like(w), where=total > 0)
        pearson = (total * (share - p) ** 2 / (p * (1 - p)))[upper].sum() / (upper.sum() - n + 1)
        cases.append(
            {
                "comparisons": rows,
                "lambda": lam,
                "scores": scores.tolist(),
                "logLikelihood": float((w * special.log_expit(scores[:, None] - scores[None, :])).sum()),
                "dispersion": 1.0 if kind == "hard" else float(pearson),
                "covariance": covariance(laplacian(total * p * (1 - p)), lam).tolist(),
            }
        )
    return cases


def unregularised(rng):
    """Maximum likelihood by other algorithms: Hunter's MM and I-LSR."""
    cases = []
    for n, m in [(8, 60), (15, 150)]:
        while True:
            rows = comparisons(rng, n, m, "hard")
            data = [(a, b) if won else (b, a) for a, b, won, _ in rows]
            graph = np.zeros((n, n), bool)
            for winner, loser in data:
                graph[winner, loser] = True
            if (np.linalg.matrix_power(graph + np.eye(n, dtype=int), n) > 0).all():
                break
        mm = choix.mm_pairwise(n, data, alpha=0, tol=1e-12, max_iter=1_000_000)
        ilsr = choix.ilsr_pairwise(n, data, alpha=0, tol=1e-10)
        assert np.abs(mm - mm.mean() - ilsr + ilsr.mean()).max() < 1e-8
        cases.append({"comparisons": rows, "lambda": 0, "scores": (mm - mm.mean()).tolist()})
    return cases


def thurstone(rng):
    cases = []
    for scale, n, m, kind, lam in [
        ("case-v", 10, 40, "soft", 0.05),
        ("probit", 10, 40, "hard", 0.05),
        ("zelo", 20, 80, "votes", 0.05),
        ("zelo", 12, 60, "soft", 0.0),
    ]:
        rows = comparisons(rng, n, m, kind)
        w = summed(rows, n)
        c = SLOPES[scale]

        def mills(z):
            return np.exp(stats.norm.logpdf(z) - special.log_ndtr(z))

        def gradient(e):
            z = c * (e[:, None] - e[None, :])
            g = c * (w * mills(z) - w.T * mills(-z)).sum(1) - lam * e
            return g if lam > 0 else g + e.sum()

        def penalised(e):
            return lam / 2 * (e**2).sum() - (w * special.log_ndtr(c * (e[:, None] - e[None, :]))).sum()

        scores = best(gradient, n)
        direct = optimize.minimize(penalised, np.zeros(n), method="BFGS", options={"gtol": 1e-9})
        assert np.abs(direct.x - direct.x.mean() - scores).max() < 1e-4
        z = c * (scores[:, None] - scores[None, :])
        v = (w + w.T) * c**2 * mills(z) * mills(-z)
        cases.append(
            {
                "scale": scale,
                "comparisons": rows,
                "lambda": lam,
                "scores": scores.tolist(),
                "logLikelihood": float((w * special.log_ndtr(z)).sum()),
                "covariance": covariance(laplacian(v), lam).tolist(),
            }
        )
    return cases


def drawn_ranking(rng, truth, items):
    return [int(i) for i in np.array(items)[np.argsort(-(truth[items] + rng.gumbel(size=len(items))))]]


def plackett_luce(rng):
    cases = []
    for n, count, length, top, lam in [
        (8, 12, 8, 8, 0.05),
        (15, 30, 6, 6, 0.05),
        (15, 40, 9, 3, 0.2),
        (10, 60, 4, 1, 0.02),
        (10, 40, 5, 5, 0.0),
        (10, 80, 5, 3, 0.0),
    ]:
        truth = rng.normal(0, 1, n)
        rankings = []
        for r in range(count):
            # Neighbours in a circle first, so that everything is connected.
            items = [(r + k) % n for k in range(length)] if r < n else rng.choice(n, length, replace=False).tolist()
            order = drawn_ranking(rng, truth, items)
            rankings.append({"order": order[:top], "others": order[top:]})
        top1 = [
            (r["order"][t], r["order"][t + 1 :] + r["others"])
            for r in rankings
            for t in range(len(r["order"]))
            if len(r["order"]) + len(r["others"]) - t > 1
        ]
        functions = Top1Fcts(top1, lam / 2)

        def gradient(e):
            g = functions.gradient(e)
            return g if lam > 0 else g + e.sum()

        scores = best(gradient, n)
        if lam == 0:
            theirs = choix.ilsr_top1(n, top1, alpha=0, tol=1e-10)
            assert np.abs(theirs - theirs.mean() - scores).max() < 1e-8
            full = [r["order"] for r in rankings]
            if top == length:
                ilsr = choix.ilsr_rankings(n, full, alpha=0, tol=1e-10)
                assert np.abs(ilsr - ilsr.mean() - scores).max() < 1e-8
        information = functions.hessian(scores) - lam * np.eye(n)
        cases.append(
            {
                "rankings": rankings,
                "lambda": lam,
                "scores": scores.tolist(),
                "logLikelihood": float(lam / 2 * (scores**2).sum() - functions.objective(scores)),
                "covariance": covariance(information, lam).tolist(),
            }
        )
    return cases


def offsets(rng):
    cases = []
    for groups, m, lam in [(6, 20, 0.1), (10, 40, 0.0)]:
        truth = rng.normal(0, 2, groups)
        rows = []
        for c in range(m):
            a, b = (c % groups, (c + 1) % groups) if c < groups else rng.choice(groups, 2, replace=False)
            d = round(float(rng.normal(0, 1.5)), 3)
            p = round(float(special.expit(d + truth[a] - truth[b] + rng.normal(0, 1))), 4)
            rows.append([int(a), int(b), p, d])
        a, b, p, d = (np.array(column) for column in zip(*rows))
        a, b = a.astype(int), b.astype(int)

        def gradient(o):
            slope = p - special.expit(d + o[a] - o[b])
            g = np.zeros(groups)
            np.add.at(g, a, slope)
            np.add.at(g, b, -slope)
            return g - lam * o if lam > 0 else g + o.sum()

        scores = best(gradient, groups)
        q = special.expit(d + scores[a] - scores[b])
        dispersion = ((p - q) ** 2 / (q * (1 - q))).sum() / (m - groups + 1)
        information = np.zeros((groups, groups))
        for i, j, v in zip(a, b, q * (1 - q)):
            information[[i, j], [i, j]] += v
            information[[i, j], [j, i]] -= v
        cases.append(
            {
                "comparisons": rows,
                "lambda": lam,
                "scores": scores.tolist(),
                "dispersion": float(dispersion),
                "covariance": covariance(information, lam).tolist(),
            }
        )
    return cases


def kemeny(rng):
    """The integer programme of Kemeny's order: x_ij + x_ji = 1, x_ij + x_jk + x_ki >= 1."""
    cases = []
    for n, count, spread in [(6, 5, 0.3), (9, 7, 0.5), (12, 6, 0.2), (20, 8, 0.3), (25, 4, 1.0)]:
        truth = spread * rng.normal(0, 1, n)
        rankings = [drawn_ranking(rng, truth, list(range(n))) for _ in range(count)]
        before = np.zeros((n, n))
        for r in rankings:
            for i, j in itertools.combinations(r, 2):
                before[i, j] += 1
        pairs = list(itertools.combinations(range(n), 2))
        at = {pair: k for k, pair in enumerate(pairs)}
        cost = np.array([before[j, i] - before[i, j] for i, j in pairs])  # of x_ij = 1, beyond that of x_ji = 1
        rows, low = [], []
        for i, j, k in itertools.permutations(range(n), 3):
            if i > j or i > k:
                continue
            row, constant = np.zeros(len(pairs)), 0
            for u, v in [(i, j), (j, k), (k, i)]:
                if u < v:
                    row[at[u, v]] += 1
                else:
                    row[at[v, u]] -= 1
                    constant += 1
            rows.append(row)
            low.append(1 - constant)
        solved = optimize.milp(
            cost,
            integrality=np.ones(len(pairs)),
            bounds=optimize.Bounds(0, 1),
            constraints=optimize.LinearConstraint(np.array(rows), np.array(low), np.inf),
        )
        assert solved.success
        distance = solved.fun + sum(before[i, j] for i, j in pairs)
        cases.append({"rankings": rankings, "distance": int(round(distance))})
    return cases


def main():
    rng = np.random.default_rng(2024)
    xs = [0, 1e-300, 1e-9, 0.1, 0.46875, 0.4687500001, 0.7, 1, 2, 3.9, 4, 4.0001, 6, 10, 26, 30, 1e3, 1e8]
    goldens = {
        "erfcx": [[x, float(special.erfcx(x))] for x in xs],
        "bradleyTerry": bradley_terry(rng),
        "unregularised": unregularised(rng),
        "thurstone": thurstone(rng),
        "plackettLuce": plackett_luce(rng),
        "offsets": offsets(rng),
        "kemeny": kemeny(rng),
    }
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in goldens.items())
    path = Path(__file__).with_name("preference.json.gz")
    path.write_bytes(gzip.compress(f"{{\n{lines}\n}}\n".encode(), mtime=0))


main()
