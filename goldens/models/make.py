"""Writes the tiny checkpoints of this folder and the logits that PyTorch gives for them.

Run: python make.py [case ...]. README.md says with which versions.
"""

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedTokenizerFast
from transformers.utils import logging

from onnx_export import export
from texts import FILL_QUERY, PAIRS
from vocabularies import byte_level_bpe, unigram, wordpiece

HERE = Path(__file__).parent
NO_LIMIT = int(1e30)  # what transformers writes where a tokenizer states no length


@dataclass
class Case:
    name: str
    family: str
    labels: int
    tokenizer: Tokenizer
    config: dict = field(default_factory=dict)
    max_tokens: int = 64
    stated_length: int | None = 64  # model_max_length in tokenizer_config.json
    dtype: torch.dtype = torch.float32
    std: float = 0.3
    shards: int = 1
    rename: callable = lambda name: name
    extra: dict = field(default_factory=dict)  # name -> shape of tensors that the model does not need
    omit: tuple = ()  # config keys that this folder leaves to the family's defaults


FAMILY = {
    "bert": {
        "architectures": ["BertForSequenceClassification"],
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": 64,
        "pad_token_id": 0,
        "type_vocab_size": 2,
    },
    "electra": {
        "architectures": ["ElectraForSequenceClassification"],
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": 64,
        "pad_token_id": 0,
        "type_vocab_size": 2,
        "summary_activation": "gelu",
        "summary_type": "first",
        "summary_use_proj": True,
    },
    "roberta": {
        "architectures": ["RobertaForSequenceClassification"],
        "layer_norm_eps": 1e-5,
        "max_position_embeddings": 66,  # 64 tokens: positions start at pad_token_id + 1
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "type_vocab_size": 1,
    },
}
FAMILY["xlm-roberta"] = {**FAMILY["roberta"], "architectures": ["XLMRobertaForSequenceClassification"]}

TOKENIZER_CLASS = {"bert": "BertTokenizer", "electra": "ElectraTokenizer", "roberta": "RobertaTokenizer"}
TOKENIZER_CLASS["xlm-roberta"] = "XLMRobertaTokenizer"


def config_of(case):
    labels = {str(index): f"LABEL_{index}" for index in range(case.labels)}
    config = {
        "model_type": case.family,
        "attention_probs_dropout_prob": 0.1,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "hidden_size": 16,
        "id2label": labels,
        "initializer_range": 0.02,
        "intermediate_size": 28,
        "label2id": {label: int(index) for index, label in labels.items()},
        "num_attention_heads": 2,
        "num_hidden_layers": 2,
        "vocab_size": case.tokenizer.get_vocab_size(),
        **FAMILY[case.family],
        **case.config,
    }
    return {key: value for key, value in config.items() if key not in case.omit}


def random_tensor(case, name, shape):
    """Depends on the case's and the tensor's name only; far from PyTorch's initial values."""
    seed = hashlib.sha256(f"{case.name}/{name}".encode()).digest()
    normal = numpy.random.default_rng(list(seed)).standard_normal(tuple(shape))
    if name.endswith("LayerNorm.weight"):
        value = 1 + 0.3 * normal
    elif name in ("classifier.weight", "classifier.out_proj.weight"):
        value = normal
    else:
        value = case.std * normal
    return torch.from_numpy(value.astype(numpy.float32))


def write_weights(case, folder, config):
    blank = AutoModelForSequenceClassification.from_config(config)
    tensors = {name: random_tensor(case, name, value.shape) for name, value in blank.state_dict().items()}
    tensors |= {name: random_tensor(case, name, shape) for name, shape in case.extra.items()}
    tensors = {case.rename(name): value.to(case.dtype) for name, value in tensors.items()}
    if case.extra:
        base = case.family.replace("xlm-", "")
        positions = config.max_position_embeddings
        tensors[f"{base}.embeddings.position_ids"] = torch.arange(positions).expand(1, -1).contiguous()
    if case.shards == 1:
        save_file(tensors, folder / "model.safetensors", {"format": "pt"})
        return
    names = list(tensors)
    size = -(-len(names) // case.shards)
    weight_map = {}
    for shard in range(case.shards):
        file = f"model-{shard + 1:05}-of-{case.shards:05}.safetensors"
        part = names[shard * size : (shard + 1) * size]
        save_file({name: tensors[name] for name in part}, folder / file, {"format": "pt"})
        weight_map |= dict.fromkeys(part, file)
    total = sum(value.numel() * value.element_size() for value in tensors.values())
    index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(weight_map.items()))}
    write_json(folder / "model.safetensors.index.json", index)


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def encoder(case):
    """The case's tokenizer, cutting pairs as sentence-transformers does."""
    tokenizer = Tokenizer.from_str(case.tokenizer.to_str())
    tokenizer.no_padding()
    tokenizer.enable_truncation(case.max_tokens, strategy="longest_first")
    return tokenizer


def encode(case, folder):
    """PAIRS and two more at the edge of the length, as (query, document, ids, type ids)."""
    tokenizer = encoder(case)
    free = case.max_tokens - len(tokenizer.encode(FILL_QUERY, "").ids)
    fills = [(FILL_QUERY, " ".join("a" * count)) for count in (free, free + 1)]
    encodings = [(pair, tokenizer.encode(*pair)) for pair in PAIRS + fills]
    assert [len(e.ids) for _, e in encodings[-2:]] == [case.max_tokens] * 2, case.name
    assert sum(len(e.overflowing) > 0 for _, e in encodings) >= 3, case.name

    other = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    for (query, document), encoding in encodings:
        # Lists, as cross-encoders call it: given plain strings, it takes an empty document for none at all.
        again = other([query], [document], truncation="longest_first", max_length=case.max_tokens)
        assert again["input_ids"] == [encoding.ids], (case.name, query)
    return [(*pair, encoding.ids, encoding.type_ids) for pair, encoding in encodings]


@torch.inference_mode()
def logits_of(model, rows, takes_types, pad_id):
    """Logits [rows, labels] of one padded batch; of one row there is nothing to pad."""
    width = max(len(ids) for ids, _ in rows)
    ids = torch.tensor([ids + [pad_id] * (width - len(ids)) for ids, _ in rows])
    mask = torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids, _ in rows])
    types = torch.tensor([types + [0] * (width - len(types)) for _, types in rows])
    inputs = {"input_ids": ids, "attention_mask": mask}
    return model(**inputs, **({"token_type_ids": types} if takes_types else {})).logits


def write_expected(case, folder, model):
    encoded = encode(case, folder)
    rows = [(ids, types) for _, _, ids, types in encoded]
    takes_types = case.family in ("bert", "electra")
    pad_id = model.config.pad_token_id
    alone = torch.cat([logits_of(model, [row], takes_types, pad_id) for row in rows])
    batch = logits_of(model, rows, takes_types, pad_id)
    double = model.double()
    exact = torch.cat([logits_of(double, [row], takes_types, pad_id) for row in rows])
    spread = alone.std(dim=0).min().item()
    assert spread > 0.1, (case.name, spread)

    head = {
        "case": case.name,
        "modelType": case.family,
        "labels": case.labels,
        "maxTokens": case.max_tokens,
        "truncation": "longest_first",
        "takesTypes": takes_types,
        "padId": pad_id,
        "maxBatchDifference": (alone - batch).abs().max().item(),
        "maxFloat64Difference": (alone.double() - exact).abs().max().item(),
    }
    pairs = [
        {"query": query, "document": document, "ids": ids, "typeIds": types, "logits": logits.tolist()}
        for (query, document, ids, types), logits in zip(encoded, alone)
    ]
    lines = ",\n".join("    " + json.dumps(pair, ensure_ascii=False, separators=(",", ":")) for pair in pairs)
    text = json.dumps(head, indent=2)[:-2] + f',\n  "pairs": [\n{lines}\n  ]\n}}\n'
    json.loads(text)
    (folder / "expected.json").write_text(text, encoding="utf-8")
    print(f"{case.name:28} spread {spread:.2f}", f"batch {head['maxBatchDifference']:.1e}", end=" ")
    print(f"float64 {head['maxFloat64Difference']:.1e}")


def make(case):
    folder = HERE / case.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write_json(folder / "config.json", config_of(case))
    case.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    stated = {} if case.stated_length is None else {"model_max_length": case.stated_length}
    stated |= {"do_lower_case": True} if case.family in ("bert", "electra") else {}
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": TOKENIZER_CLASS[case.family], **stated})
    write_weights(case, folder, AutoConfig.from_pretrained(folder))
    # The reference is what the published folder gives, not what was in memory before.
    model, loading = AutoModelForSequenceClassification.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
    )
    assert not loading["missing_keys"] and not loading["mismatched_keys"], (case.name, loading)
    assert model.config.num_labels == case.labels, case.name
    model.eval()
    if case.name.startswith("onnx-"):
        (folder / "model.safetensors").unlink()
        export(model, folder / "onnx" / "model.onnx", takes_types=case.family == "bert")
    write_expected(case, folder, model)


def legacy(name):
    return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")


ODD_HEADS = {"hidden_size": 30, "num_attention_heads": 3, "num_hidden_layers": 3, "intermediate_size": 50}
PRETRAINING_HEAD = {
    "cls.predictions.bias": [183],
    "cls.predictions.decoder.weight": [183, 16],
    "cls.predictions.transform.dense.weight": [16, 16],
    "cls.seq_relationship.weight": [2, 16],
}
ROBERTA_LEFTOVERS = {
    "lm_head.bias": [300],
    "lm_head.dense.weight": [16, 16],
    "roberta.pooler.dense.weight": [16, 16],
    "roberta.pooler.dense.bias": [16],
}

CASES = [
    Case("bert-1label", "bert", 1, wordpiece(), {"position_embedding_type": "absolute", "use_cache": True}),
    Case("bert-2labels", "bert", 2, wordpiece(stored_limit=32), omit=("id2label", "label2id")),
    Case("bert-3labels", "bert", 3, wordpiece()),
    Case("bert-odd-heads", "bert", 1, wordpiece(), ODD_HEADS, std=0.25),
    Case("bert-gelu-new", "bert", 1, wordpiece(), {"hidden_act": "gelu_new"}, max_tokens=48, stated_length=48),
    Case("bert-relu", "bert", 1, wordpiece("bert"), {"hidden_act": "relu", "layer_norm_eps": 1e-3}, std=0.25),
    Case("bert-f16", "bert", 1, wordpiece(), {"dtype": "float16"}, dtype=torch.float16),
    Case("bert-bf16", "bert", 2, wordpiece(), {"torch_dtype": "bfloat16"}, dtype=torch.bfloat16),
    Case("bert-sharded", "bert", 1, wordpiece(), shards=3),
    Case("bert-legacy-names", "bert", 1, wordpiece(), rename=legacy, stated_length=NO_LIMIT),
    Case("bert-no-types", "bert", 1, wordpiece(document_type=0)),
    Case("bert-extra-tensors", "bert", 1, wordpiece(), extra=PRETRAINING_HEAD),
    Case("bert-unprefixed", "bert", 1, wordpiece(), rename=lambda name: name.removeprefix("bert.")),
    Case("electra-1label", "electra", 1, wordpiece(), {"embedding_size": 12}),
    Case(
        "electra-2labels-same-size",
        "electra",
        2,
        wordpiece(),
        {"embedding_size": 16},
        stated_length=None,
        omit=("hidden_act", "id2label", "label2id", "layer_norm_eps", "pad_token_id", "type_vocab_size"),
    ),
    Case("roberta-1label", "roberta", 1, byte_level_bpe()),
    Case("roberta-2labels", "roberta", 2, byte_level_bpe(), extra=ROBERTA_LEFTOVERS, std=0.25),
    Case("xlm-roberta-1label", "xlm-roberta", 1, unigram()),
    Case("xlm-roberta-2labels", "xlm-roberta", 2, unigram(precompiled=True), stated_length=NO_LIMIT, std=0.25),
    Case("onnx-with-types", "bert", 1, wordpiece()),
    Case("onnx-without-types", "roberta", 1, byte_level_bpe()),
]


def main(names):
    torch.set_num_threads(1)
    logging.disable_progress_bar()
    for case in CASES:
        if not names or case.name in names:
            make(case)


if __name__ == "__main__":
    main(sys.argv[1:])
