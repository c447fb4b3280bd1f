"""Writes adamw.json: ten steps of torch.optim.AdamW on two small models, and learning-rate schedules."""

import json
from pathlib import Path

import torch
import transformers
from torch import nn

STEPS = 10


class Layer(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.dense = nn.Linear(inputs, outputs)
        self.LayerNorm = nn.LayerNorm(outputs)

    def forward(self, x):
        return self.LayerNorm(torch.tanh(self.dense(x)))


class Mlp(nn.Module):
    """Two layers and a head, named as a checkpoint of an encoder names them."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Module()
        self.encoder.layer = nn.ModuleList([Layer(5, 6), Layer(6, 6)])
        self.classifier = nn.Linear(6, 1)

    def forward(self, x):
        for layer in self.encoder.layer:
            x = layer(x)
        return self.classifier(x)


class Lookup(nn.Module):
    """A linear function of embeddings; token 11 never occurs, others in some steps only."""

    def __init__(self):
        super().__init__()
        self.embeddings = nn.Module()
        self.embeddings.word_embeddings = nn.Embedding(12, 4)
        self.classifier = nn.Linear(4, 1)

    def forward(self, ids):
        return self.classifier(self.embeddings.word_embeddings(ids))


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def tensors(named):
    return {name: numbers(tensor) for name, tensor in named}


def train(model, batches, *, learning_rate, weight_decay, groups, schedule, max_norm, averaging, epsilon):
    """`groups` gives (decays, factor on the learning rate) of each parameter by name."""
    optimizer = torch.optim.AdamW(
        [
            {
                "params": [parameter],
                "lr": learning_rate * groups[name][1],
                "weight_decay": weight_decay if groups[name][0] else 0,
            }
            for name, parameter in model.named_parameters()
        ],
        betas=(0.9, 0.98),
        eps=epsilon,
    )
    scheduler = schedule(optimizer)
    averages = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    record = {
        "shapes": {name: list(parameter.shape) for name, parameter in model.named_parameters()},
        "groups": {name: {"decays": group[0], "rateScale": group[1]} for name, group in groups.items()},
        "initial": tensors(model.named_parameters()),
        "steps": [],
    }
    for x, target in batches:
        optimizer.zero_grad(set_to_none=True)
        loss = nn.functional.mse_loss(model(x), target)
        loss.backward()
        step = {
            "input": numbers(x),
            "target": numbers(target),
            "loss": float(loss),
            "gradients": tensors((name, p.grad) for name, p in model.named_parameters()),
        }
        step["gradientNorm"] = float(nn.utils.clip_grad_norm_(model.parameters(), max_norm))
        optimizer.step()
        scheduler.step()
        for name, parameter in model.named_parameters():
            averages[name].lerp_(parameter.detach(), 1 - averaging)
        step["weights"] = tensors(model.named_parameters())
        step["averages"] = tensors(averages.items())
        record["steps"].append(step)
    return record


def mlp():
    torch.manual_seed(1)
    model = Mlp()
    layer_decay = 0.8
    groups = {}
    for name, _ in model.named_parameters():
        below = {"encoder.layer.0": 2, "encoder.layer.1": 1}.get(name[:15], 0)
        groups[name] = (not name.endswith("bias") and "LayerNorm" not in name, layer_decay**below)
    batches = [(torch.randn(7, 5), torch.randn(7, 1)) for _ in range(STEPS)]
    return train(
        model,
        batches,
        learning_rate=0.02,
        weight_decay=0.1,
        groups=groups,
        schedule=lambda optimizer: transformers.get_linear_schedule_with_warmup(optimizer, 3, STEPS),
        max_norm=4.0,
        averaging=0.9,
        epsilon=1e-3,  # large, so that its place in the formula shows
    )


def lookup():
    torch.manual_seed(2)
    model = Lookup()
    groups = {name: (not name.endswith("bias"), 1) for name, _ in model.named_parameters()}
    batches = []
    for step in range(STEPS):
        ids = torch.randint(0, 9, (6,))
        ids[0] = ids[1]
        if step in (3, 7):
            ids[2] = 9 if step == 3 else 10
        batches.append((ids, torch.randn(6, 1)))
    return train(
        model,
        batches,
        learning_rate=0.05,
        weight_decay=0.2,
        groups=groups,
        schedule=lambda optimizer: transformers.get_cosine_schedule_with_warmup(optimizer, 2, STEPS),
        max_norm=1.0,
        averaging=0.8,
        epsilon=1e-6,
    )


def schedules():
    makers = {
        "constant": lambda optimizer, warmup, steps: transformers.get_constant_schedule_with_warmup(optimizer, warmup),
        "linear": transformers.get_linear_schedule_with_warmup,
        "cosine": transformers.get_cosine_schedule_with_warmup,
    }
    cases = []
    for kind, make in makers.items():
        for steps, warmup in [(10, 0), (10, 3), (7, 1), (1, 0), (1, 1), (23, 22), (23, 23)]:
            optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
            scheduler = make(optimizer, warmup, steps)
            factors = []
            for _ in range(steps):
                factors.append(optimizer.param_groups[0]["lr"])
                optimizer.step()
                scheduler.step()
            cases.append({"kind": kind, "steps": steps, "warmup": warmup, "factors": factors})
    return cases


if __name__ == "__main__":
    torch.set_num_threads(1)
    golden = {
        "versions": {
            "torch": torch.__version__,
            "transformers": transformers.__version__,
        },
        "mlp": mlp(),
        "lookup": lookup(),
        "schedules": schedules(),
    }
    path = Path(__file__).with_name("adamw.json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
