"""Writes the gradients that PyTorch finds for some checkpoints of ../models.

Run: python make.py [case ...]. README.md says with which versions.
"""

import gzip
import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification
from transformers.utils import logging

HERE = Path(__file__).parent
MODELS = HERE.parent / "models"
CASES = [
    "bert-1label",
    "bert-2labels",
    "electra-1label",
    "electra-2labels-same-size",
    "roberta-1label",
    "xlm-roberta-1label",
]
PAIRS = 7  # of expected.json, of 3 to 64 tokens


def scores_of(model, pairs, takes_types):
    """One score per pair, each read alone: the logit, or the second logit minus the first."""
    scores = []
    for pair in pairs:
        types = {"token_type_ids": torch.tensor([pair["typeIds"]])} if takes_types else {}
        logits = model(input_ids=torch.tensor([pair["ids"]]), **types).logits[0]
        scores.append(logits[0] if len(logits) == 1 else logits[1] - logits[0])
    return torch.stack(scores)


def make(case):
    expected = json.loads((MODELS / case / "expected.json").read_text(encoding="utf-8"))
    pairs = expected["pairs"][:PAIRS]
    model = AutoModelForSequenceClassification.from_pretrained(
        MODELS / case, dtype=torch.float64, attn_implementation="eager"
    )
    model.eval()
    targets = torch.tensor([(i % 3) / 2 for i in range(len(pairs))], dtype=torch.float64)
    scores = scores_of(model, pairs, expected["takesTypes"])
    loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, targets)
    loss.backward()
    gradients = {
        name: [float(f"{x:.7g}") for x in parameter.grad.flatten().tolist()]
        for name, parameter in model.named_parameters()
        if parameter.grad is not None
    }
    golden = {
        "case": case,
        "pairs": len(pairs),
        "targets": targets.tolist(),
        "scores": scores.tolist(),
        "loss": loss.item(),
        "gradients": gradients,
    }
    text = json.dumps(golden, separators=(",", ":")).encode()
    (HERE / f"{case}.json.gz").write_bytes(gzip.compress(text, mtime=0))
    lengths = [len(pair["ids"]) for pair in pairs]
    print(f"{case:28} loss {loss.item():.6f}, {len(gradients)} tensors, lengths {lengths}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    logging.disable_progress_bar()
    for name in sys.argv[1:] or CASES:
        make(name)
