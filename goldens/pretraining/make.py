"""Writes what PyTorch finds when checkpoints of ../models learn to guess masked tokens.

Run: python make.py. README.md says with which versions.
"""

import gzip
import json
from pathlib import Path

import torch
from transformers import AutoModelForMaskedLM
from transformers.utils import logging

HERE = Path(__file__).parent
MODELS = HERE.parent / "models"
CASES = ["bert-1label", "bert-relu", "roberta-1label", "electra-1label"]
SEQUENCES = slice(3, 7)  # of expected.json
STRIDE = 5  # every fifth token is masked
MASK_ID = 4


def random_head(model):
    """Weights that no checkpoint of ../models has, by name, drawn anew."""
    base = model.base_model_prefix
    head = {}
    for name, parameter in model.named_parameters():
        if name.startswith(f"{base}."):
            continue
        generator = torch.Generator().manual_seed(sum(name.encode()))
        noise = torch.randn(parameter.shape, generator=generator, dtype=torch.float32)
        ones = 1 if "orm.weight" in name else 0
        parameter.data = (ones + 0.3 * noise).double()
        head[name] = {"shape": list(parameter.shape), "data": [float(f"{x:.7g}") for x in parameter.flatten()]}
        parameter.data = torch.tensor(head[name]["data"], dtype=torch.float32).double().reshape(parameter.shape)
    return head


def fingerprint(gradient):
    """The norm, and the product with a vector that no other gradient of that norm is likely to share."""
    flat = gradient.flatten()
    return [flat.norm().item(), (flat * torch.cos(torch.arange(len(flat), dtype=flat.dtype))).sum().item()]


def make(case):
    expected = json.loads((MODELS / case / "expected.json").read_text(encoding="utf-8"))
    model = AutoModelForMaskedLM.from_pretrained(
        MODELS / case, dtype=torch.float64, attn_implementation="eager"
    )
    model.eval()
    head = random_head(model)
    model.tie_weights()
    sequences, losses, right = [], [], []
    for pair in expected["pairs"][SEQUENCES]:
        ids = torch.tensor(pair["ids"])
        positions = torch.arange(1, len(ids), STRIDE)
        labels = ids[positions]
        masked = ids.clone()
        masked[positions] = MASK_ID
        types = {"token_type_ids": torch.tensor([pair["typeIds"]])} if expected["takesTypes"] else {}
        logits = model(input_ids=masked[None], **types).logits[0][positions]
        losses.append(torch.nn.functional.cross_entropy(logits, labels, reduction="none"))
        right.append(logits.argmax(dim=1) == labels)
        sequences.append(
            {
                "ids": masked.tolist(),
                "typeIds": pair["typeIds"],
                "positions": positions.tolist(),
                "labels": labels.tolist(),
            }
        )
    loss = torch.cat(losses).mean()
    loss.backward()
    golden = {
        "case": case,
        "head": head,
        "sequences": sequences,
        "loss": loss.item(),
        "accuracy": torch.cat(right).double().mean().item(),
        "gradients": {
            name: fingerprint(parameter.grad)
            for name, parameter in model.named_parameters()
            if parameter.grad is not None
        },
    }
    text = json.dumps(golden, separators=(",", ":")).encode()
    (HERE / f"{case}.json.gz").write_bytes(gzip.compress(text, mtime=0))
    print(f"{case:16} loss {loss.item():.6f}, {len(golden['gradients'])} tensors, head {list(head)}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    logging.disable_progress_bar()
    for name in CASES:
        make(name)
