"""Losses and their gradients with respect to the logits, in float64, on generated lists.

    python make.py          # writes losses.json.gz and mlm.json.gz

Wherever sentence-transformers has the loss, its own code is called, with a model that hands out given logits.
Otherwise the formula of the paper is written down here as plainly as possible, with loops over lists and pairs,
and PyTorch differentiates it. Every result names its source.
"""

import gzip
import json
import math
import random
from pathlib import Path

import torch
import torch.nn.functional as F
from sentence_transformers import CrossEncoder
from sentence_transformers.cross_encoder import losses as st

HERE = Path(__file__).parent
LIBRARY = "sentence-transformers"
FORMULA = "formula"

torch.set_default_dtype(torch.float64)
# sentence-transformers casts logits and labels to float32 on the way; here they stay what they are.
torch.Tensor.float = torch.Tensor.double


class GivenLogits(CrossEncoder):
    """A model whose documents are numbers: positions in a vector of logits."""

    num_labels = 1
    device = torch.device("cpu")

    def __init__(self, logits):
        torch.nn.Module.__init__(self)
        self.logits = logits

    def preprocess(self, pairs, prompt=None, task=None):
        return {"positions": torch.tensor([int(document) for _, document in pairs])}

    def forward(self, inputs):
        return {"scores": self.logits[inputs["positions"]]}


# --- the losses of sentence-transformers -----------------------------------------------------------------------


def flat(lists):
    """One vector of all logits, and lists of positions in it."""
    start = 0
    positions = []
    for scores in lists:
        positions.append(list(range(start, start + len(scores))))
        start += len(scores)
    return torch.cat(lists), positions


def pointwise(make):
    def run(lists, targets):
        logits, positions = flat(lists)
        documents = [str(place) for row in positions for place in row]
        return make(GivenLogits(logits))([documents, documents], torch.cat(targets))

    return run


def listwise(make):
    def run(lists, targets):
        logits, positions = flat(lists)
        documents = [[str(place) for place in row] for row in positions]
        return make(GivenLogits(logits))([[""] * len(lists), documents], targets)

    return run


def margin_mse_library(lists, targets):
    logits, positions = flat(lists)
    columns = [[str(place) for place in column] for column in zip(*positions)]
    return st.MarginMSELoss(GivenLogits(logits))([[""] * len(lists), *columns], torch.stack(targets))


def lambda_library(scheme, k=None, sigma=1.0):
    return listwise(lambda model: st.LambdaLoss(model, weighting_scheme=scheme, k=k, sigma=sigma))


# --- formulas --------------------------------------------------------------------------------------------------


def mean(values):
    return torch.stack(values).mean() if values else torch.tensor(0.0)


def margin_mse(all_pairs):
    """2010.02666: the squared difference of margins, over pairs."""

    def run(lists, targets):
        errors = []
        for s, t in zip(lists, targets):
            for i in range(len(s)) if all_pairs else [0]:
                errors += [((s[i] - s[j]) - (t[i] - t[j])) ** 2 for j in range(i + 1, len(s))]
        return mean(errors)

    return run


def average_rank(t, i):
    return (t > t[i]).sum() + ((t == t[i]).sum() + 1) / 2


def ranknet_first(lists, targets):
    """2406.15657: binary cross-entropy of score differences, a pair weighted by 1/(r_i + r_j)."""
    pairs = []
    for s, t in zip(lists, targets):
        for i in range(len(s)):
            for j in range(len(s)):
                if t[i] > t[j]:
                    weight = 1 / (average_rank(t, i) + average_rank(t, j))
                    pairs.append(weight * F.binary_cross_entropy_with_logits(s[i] - s[j], torch.tensor(1.0)))
    return mean(pairs)


def plackett_luce(weighted):
    """ListMLE where a document stands against those with lower targets alone, so that ties do not compete;
    the weights of p-ListMLE averaged over the places that tied documents share."""

    def run(lists, targets):
        out = []
        for s, t in zip(lists, targets):
            n = len(s)
            weights = torch.ones(n)
            if weighted:
                by_place = [2.0 ** (n - place) - 1 for place in range(1, n + 1)]
                order = sorted(range(n), key=lambda i: -t[i].item())
                for i in range(n):
                    shared = [by_place[place] for place, j in enumerate(order) if t[j] == t[i]]
                    weights[i] = sum(shared) / len(shared) / sum(by_place)
            terms = []
            for i in range(n):
                rivals = [s[i]] + [s[k] for k in range(n) if t[k] < t[i]]
                terms.append(weights[i] * (torch.logsumexp(torch.stack(rivals), 0) - s[i]))
            out.append(torch.stack(terms).sum())
        return mean(out)

    return run


def lce(first):
    """2101.08751: cross-entropy of one relevant document against the negatives of its list. Either the first
    document is the relevant one and those with lower targets the negatives, or all with targets above 0 are."""

    def run(lists, targets):
        out = []
        for s, t in zip(lists, targets):
            relevant = [0] if first else [i for i in range(len(s)) if t[i] > 0]
            others = s[t < t[0]] if first else s[t == 0]
            if len(relevant) > 0 and len(others) > 0:
                label = torch.zeros(1, dtype=torch.long)
                groups = [torch.cat([s[i : i + 1], others]).unsqueeze(0) for i in relevant]
                out.append(mean([F.cross_entropy(group, label) for group in groups]))
        return mean(out)

    return run


def kl(temperature):
    """Hinton, Vinyals and Dean, 1503.02531."""

    def run(lists, targets):
        return mean(
            [
                temperature**2
                * F.kl_div(
                    F.log_softmax(s / temperature, 0), F.log_softmax(t / temperature, 0), reduction="sum", log_target=True
                )
                for s, t in zip(lists, targets)
            ]
        )

    return run


def listnet(temperature):
    library = listwise(lambda model: st.ListNetLoss(model))
    return lambda lists, targets: library(lists, [t / temperature for t in targets])


# --- lists -----------------------------------------------------------------------------------------------------

rng = random.Random(4)


def sixteenths(low, high):
    """Exact in float32."""
    return rng.randint(low * 16, high * 16) / 16


def distinct(length, low=-6, high=6):
    values = set()
    while len(values) < length:
        values.add(sixteenths(low, high))
    values = list(values)
    rng.shuffle(values)
    return values


def label():
    return float(rng.random() < 0.3)


def grade():
    return float(rng.choice([0, 0, 0, 1, 1, 2, 3, 4]))


def probability():
    return rng.choice([0.0, 1.0, *[rng.randint(1, 127) / 128] * 8])


def batch(lengths, target, scores=distinct):
    return [(scores(n), [target() for _ in range(n)]) for n in lengths]


def teacher(lengths, scores=distinct):
    return [(scores(n), distinct(n, -10, 10)) for n in lengths]


def extreme(length):
    values = [1e4, -1e4, *distinct(length - 2)][:length]
    rng.shuffle(values)
    return values


def confident(lengths, target):
    """Far apart and in the right order, as a trained model scores what it has seen; gradients are small."""
    out = []
    for n in lengths:
        targets = sorted((target() for _ in range(n)), reverse=True)
        targets[0], targets[-1] = targets[0] + (targets[0] == 0), 0.0
        out.append(([12 - 24 * i / (n - 1) + sixteenths(-1, 1) for i in range(n)], targets))
    return [([round(value * 16) / 16 for value in scores], targets) for scores, targets in out]


FULL, PADDED = [6, 6, 6, 6], [7, 2, 5, 3, 4]
BATCHES = {
    "labels": batch(FULL, label),
    "labels, padded": batch([9, 2, 1, 5], label),
    "labels, one relevant": [(distinct(n), [1.0] + [0.0] * (n - 1)) for n in [5, 3, 8]],
    "labels, equal": [(distinct(4), [0.0] * 4), (distinct(3), [1.0] * 3), (distinct(5), [0.0, 1.0, 0.0, 1.0, 0.0])],
    "labels, nothing but equal": [(distinct(4), [0.0] * 4), (distinct(3), [1.0] * 3)],
    "labels, extreme": batch(FULL, label, extreme),
    "grades": batch(FULL, grade),
    "grades, padded": batch([11, 2, 5, 3], grade),
    "grades, extreme": batch(PADDED, grade, extreme),
    "confident labels": confident([2, 3, 4], label),
    "confident grades": confident([2, 3, 4], grade),
    "probabilities": batch(FULL, probability),
    "probabilities, padded": batch([7, 1, 4], probability),
    "probabilities, extreme": batch(PADDED, probability, extreme),
    "teacher": teacher(FULL),
    "teacher, padded": teacher(PADDED),
    "teacher, long": teacher([24, 150]),
    "teacher, extreme": teacher(PADDED, extreme),
}


def has_ties(lists):
    return any(len(set(targets)) < len(targets) for _, targets in lists)


def prefers(targets):
    return len(set(targets)) > 1


def library_without_ties(library, formula):
    """sentence-transformers orders tied documents by chance; the formula says how they count here."""
    return lambda lists: (FORMULA, formula) if has_ties(lists) else (LIBRARY, library)


def always(source, run):
    return lambda _: (source, run)


GRADED = ["labels", "grades", "confident labels", "confident grades"]
RANKED = [*GRADED, "teacher"]
scheme2pp = lambda mu: st.NDCGLoss2PPScheme(mu)  # noqa: E731

# name, options, kinds of targets, reference, whether lists of equal targets are left out
LOSSES = [
    ("bce", {}, ["labels", "confident labels"], always(LIBRARY, pointwise(lambda m: st.BinaryCrossEntropyLoss(m))), False),
    (
        "bce",
        {"positiveWeight": 4},
        ["labels"],
        always(LIBRARY, pointwise(lambda m: st.BinaryCrossEntropyLoss(m, pos_weight=torch.tensor(4.0)))),
        False,
    ),
    ("soft-bce", {}, ["probabilities"], always(LIBRARY, pointwise(lambda m: st.BinaryCrossEntropyLoss(m))), False),
    ("mse", {}, ["teacher", "grades"], always(LIBRARY, pointwise(lambda m: st.MSELoss(m))), False),
    (
        "margin-mse",
        {},
        ["teacher", "labels"],
        lambda lists: (LIBRARY, margin_mse_library)
        if len({len(scores) for scores, _ in lists}) == 1
        else (FORMULA, margin_mse(all_pairs=False)),
        False,
    ),
    ("margin-mse", {"pairs": "all"}, ["teacher", "labels"], always(FORMULA, margin_mse(all_pairs=True)), False),
    ("ranknet", {}, RANKED, always(LIBRARY, listwise(lambda m: st.RankNetLoss(m, reduction_log="natural"))), True),
    ("ranknet", {"rankWeights": True}, RANKED, always(FORMULA, ranknet_first), True),
    *[
        (name, options, GRADED, always(LIBRARY, lambda_library(scheme(), **arguments)), True)
        for name, scheme in [
            ("lambdarank", st.LambdaRankScheme),
            ("ndcg-loss2", st.NDCGLoss2Scheme),
            ("ndcg-loss2++", st.NDCGLoss2PPScheme),
        ]
        for options, arguments in [({}, {}), ({"k": 3}, {"k": 3}), ({"k": 1, "sigma": 2.5}, {"k": 1, "sigma": 2.5})]
    ],
    ("ndcg-loss2++", {"mu": 3}, GRADED, always(LIBRARY, lambda_library(scheme2pp(3.0))), True),
    (
        "listmle",
        {},
        RANKED,
        library_without_ties(listwise(lambda m: st.ListMLELoss(m, respect_input_order=False)), plackett_luce(False)),
        True,
    ),
    (
        "p-listmle",
        {},
        RANKED,
        library_without_ties(listwise(lambda m: st.PListMLELoss(m, respect_input_order=False)), plackett_luce(True)),
        True,
    ),
    ("listnet", {}, RANKED, always(LIBRARY, listnet(1.0)), True),
    ("listnet", {"temperature": 0.25}, RANKED, always(LIBRARY, listnet(0.25)), True),
    ("kl", {}, ["teacher", "grades"], always(FORMULA, kl(1.0)), True),
    ("kl", {"temperature": 3}, ["teacher", "grades"], always(FORMULA, kl(3.0)), True),
    ("lce", {}, GRADED, always(FORMULA, lce(first=False)), True),
    ("lce", {"relevant": "first"}, RANKED, always(FORMULA, lce(first=True)), True),
    ("adr-mse", {}, RANKED, always(LIBRARY, listwise(lambda m: st.ADRMSELoss(m))), True),
    ("adr-mse", {"alpha": 2}, RANKED, always(LIBRARY, listwise(lambda m: st.ADRMSELoss(m, alpha=2.0))), True),
]


def number(value):
    """Twelve digits: far more than the comparison needs."""
    return float(f"{value:.12g}")


def results(reference, lists, only_with_preference):
    source, run = reference(lists)
    scores = [torch.tensor(row, requires_grad=True) for row, _ in lists]
    targets = [torch.tensor(row) for _, row in lists]
    kept = [i for i, row in enumerate(targets) if not only_with_preference or prefers(row.tolist())]
    loss = run([scores[i] for i in kept], [targets[i] for i in kept]) if kept else torch.tensor(0.0)
    if loss.requires_grad:
        loss.backward()
    gradients = [torch.zeros_like(row) if row.grad is None else row.grad for row in scores]
    assert math.isfinite(loss.item()) and all(torch.isfinite(row).all() for row in gradients)
    return {
        "source": source,
        "loss": number(loss.item()),
        "gradient": [[number(value) for value in row.tolist()] for row in gradients],
    }


def write(name, content):
    text = json.dumps(content, separators=(",", ":"))
    # Without a time stamp, so that the same numbers give the same file.
    (HERE / name).write_bytes(gzip.compress(text.encode(), mtime=0))


def make_losses():
    cases = []
    for name, options, kinds, reference, only_with_preference in LOSSES:
        expected = {
            title: results(reference, lists, only_with_preference)
            for title, lists in BATCHES.items()
            if title.split(",")[0] in kinds
        }
        cases.append({"name": name, "options": options, "expected": expected})
    batches = {
        title: {"scores": [row for row, _ in lists], "targets": [row for _, row in lists]}
        for title, lists in BATCHES.items()
    }
    write("losses.json.gz", {"batches": batches, "cases": cases})


def make_mlm():
    """torch.nn.functional.cross_entropy over a vocabulary, with tokens left out (-100), and its accuracy."""
    cases = []
    for rows, vocabulary, scale, ignored in [(5, 11, 1, 0), (4, 7, 1, 2), (3, 5, 1000, 0), (2, 6, 1, 2)]:
        logits = [[scale * value for value in distinct(vocabulary)] for _ in range(rows)]
        labels = [rng.randrange(vocabulary) for _ in range(rows)]
        labels[0] = max(range(vocabulary), key=lambda token: logits[0][token])
        labels[rows - ignored :] = [-100] * ignored
        x = torch.tensor(logits, requires_grad=True)
        y = torch.tensor(labels)
        kept = y != -100
        loss = F.cross_entropy(x, y) if kept.any() else (x * 0).sum()
        loss.backward()
        accuracy = (x.argmax(1) == y)[kept].double().mean().item() if kept.any() else 0.0
        cases.append(
            {
                "logits": logits,
                "labels": labels,
                "loss": number(loss.item()),
                "accuracy": number(accuracy),
                "gradient": [[number(value) for value in row] for row in x.grad.tolist()],
            }
        )
    write("mlm.json.gz", cases)


if __name__ == "__main__":
    make_losses()
    make_mlm()
