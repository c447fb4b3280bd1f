"""The PyTorch side of training.mjs: python pytorch-training.py FOLDER BATCH.json MICRO THREADS.

Reads the number of milliseconds to train for, a line each, and answers with a line of JSON.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F
from transformers import AutoModelForSequenceClassification

folder, batch_file, micro, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(threads)
with open(batch_file) as file:
    batch = json.load(file)
ids = torch.tensor(batch["ids"])
types = torch.tensor(batch["types"])
documents = batch["documents"]

# Dropout is off on both sides.
model = AutoModelForSequenceClassification.from_pretrained(
    folder, num_labels=1, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, dtype=torch.float32
)
model.train()
plain = [p for name, p in model.named_parameters() if name.endswith("bias") or "LayerNorm" in name]
known = {id(p) for p in plain}
decayed = [p for p in model.parameters() if id(p) not in known]
groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
# The fused kernel is the fastest of PyTorch's AdamW.
optimizer = torch.optim.AdamW(groups, lr=batch["learningRate"], fused=True)


def step():
    parts = len(ids) // micro
    total = 0.0
    for part in range(parts):
        rows = slice(part * micro, (part + 1) * micro)
        scores = model(input_ids=ids[rows], token_type_ids=types[rows]).logits.view(-1, documents)
        loss = F.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long)) / parts
        loss.backward()
        total += loss.item()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return total


def peak():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))


print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    for_ms, cpu = float(line), time.process_time()
    times, losses, started = [], [], time.perf_counter()
    while not times or (time.perf_counter() - started) * 1000 < for_ms:
        begin = time.perf_counter()
        losses.append(step())
        times.append((time.perf_counter() - begin) * 1000)
    cpu_ms = (time.process_time() - cpu) * 1000
    reply = {"times": times, "losses": losses, "cpuMs": cpu_ms, "peakBytes": peak()}
    print(json.dumps(reply), flush=True)
