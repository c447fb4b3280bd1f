"""Make the small tokenizers and what the reference (Rust `tokenizers`) encodes with them.

python make.py            expected ids for the committed tokenizers
python make.py --train    the tokenizers too
"""

import base64
import json
import sys
import tempfile
from pathlib import Path

import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2 as spm_pb
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from corpus import SENTENCES
from hard_texts import HAND_MADE, random_texts

HERE = Path(__file__).parent
SEED = 20240229


def dump(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="ascii")


# --- training -------------------------------------------------------------------------------------


def special(*contents):
    return [AddedToken(c, special=True, normalized=False, lstrip=c == "<mask>") for c in contents]


def train_wordpiece(lowercase):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(
        lowercase=lowercase, strip_accents=None if lowercase else False
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(
        SENTENCES, trainers.WordPieceTrainer(vocab_size=1400, special_tokens=special(*names), show_progress=False)
    )
    pair = [(n, tokenizer.token_to_id(n)) for n in ("[SEP]", "[CLS]")]
    if lowercase:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=pair
        )
    else:
        tokenizer.post_processor = processors.BertProcessing(*pair)
    return json.loads(tokenizer.to_str())


def train_bpe():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=1200,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            special_tokens=special("<s>", "<pad>", "</s>", "<unk>", "<mask>"),
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return json.loads(tokenizer.to_str())


def train_unigram():
    """SentencePiece with its own normalisation, converted as XLM-RoBERTa was: <s> <pad> </s> <unk> first."""
    with tempfile.TemporaryDirectory() as folder:
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(SENTENCES),
            model_prefix=f"{folder}/m",
            model_type="unigram",
            vocab_size=1000,
            hard_vocab_limit=False,
            character_coverage=0.999,
            normalization_rule_name="nmt_nfkc",
            num_threads=1,
            minloglevel=2,
        )
        model = spm_pb.ModelProto()
        model.ParseFromString(Path(f"{folder}/m.model").read_bytes())
    vocab = [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0]]
    vocab += [[p.piece, p.score] for p in model.pieces[3:]] + [["<mask>", 0.0]]
    charsmap = base64.b64encode(model.normalizer_spec.precompiled_charsmap).decode()
    names = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "<mask>": len(vocab) - 1}
    return {
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": 8, "strategy": "LongestFirst", "stride": 0},
        "padding": {
            "strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": None,
            "pad_id": 1, "pad_type_id": 0, "pad_token": "<pad>",
        },
        "added_tokens": [added(id, name, special=True, normalized=False, lstrip=name == "<mask>") for name, id in names.items()],
        "normalizer": {"type": "Precompiled", "precompiled_charsmap": charsmap},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "WhitespaceSplit"},
                {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": True},
            ],
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": template("<s>", "A", "</s>"),
            "pair": template("<s>", "A", "</s>", "</s>", "B", "</s>"),
            "special_tokens": {n: {"id": n, "ids": [names[n]], "tokens": [n]} for n in ("<s>", "</s>")},
        },
        "decoder": {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": True},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocab},
    }  # fmt: skip


def template(*items):
    return [{"Sequence" if i in "AB" else "SpecialToken": {"id": i, "type_id": 0}} for i in items]


def added(id, content, **flags):
    usual = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": True, "special": False}
    return {"id": id, "content": content} | usual | flags


def train():
    dump(HERE / "wordpiece/tokenizer.json", train_wordpiece(lowercase=True))
    dump(HERE / "wordpiece-cased/tokenizer.json", train_wordpiece(lowercase=False))
    dump(HERE / "bpe/tokenizer.json", train_bpe())
    dump(HERE / "unigram/tokenizer.json", train_unigram())


# --- variants: other published spellings of the same parts ------------------------------------------


def metaspace(**options):
    return {"type": "Metaspace", "replacement": "\u2581"} | options


def variants(unigram):
    precompiled = unigram["normalizer"]
    runs = lambda content: {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": content}
    literal = lambda old, new: {"type": "Replace", "pattern": {"String": old}, "content": new}
    strip = lambda left, right: {"type": "Strip", "strip_left": left, "strip_right": right}
    steps = lambda *items: {"type": "Sequence", "normalizers": list(items)}
    own = [
        added(2000, "[NEW]"), added(2001, "New York"), added(2002, "day", single_word=True),
        added(2003, "[left]", lstrip=True), added(2004, "[right]", rstrip=True, normalized=False),
        added(2005, "[both]", lstrip=True, rstrip=True), added(2006, "|||IP_ADDRESS|||", normalized=False),
        added(2007, "[LEFT]", normalized=False), added(2008, "DAY", normalized=False, single_word=True),
    ]  # fmt: skip
    spaces = [added(2100 + n, " " * n) for n in range(2, 25)]
    return {
        # Current conversions of XLM-RoBERTa.
        "unigram-new": ("unigram", {
            "normalizer": steps(precompiled, strip(False, True), runs("\u2581")),
            "pre_tokenizer": metaspace(prepend_scheme="always", split=True),
        }),
        # DeBERTa-v3.
        "unigram-deberta": ("unigram", {
            "normalizer": steps(strip(True, True), precompiled, runs(" ")),
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [metaspace(prepend_scheme="always")]},
        }),
        # ALBERT.
        "unigram-albert": ("unigram", {
            "normalizer": steps(
                literal("``", '"'), literal("''", '"'), {"type": "NFKD"}, {"type": "StripAccents"},
                {"type": "Lowercase"}, precompiled, runs(" "),
            ),
            "pre_tokenizer": metaspace(add_prefix_space=True),
        }),
        "unigram-first": ("unigram", {
            "normalizer": steps({"type": "Nmt"}, {"type": "NFKC"}),
            "pre_tokenizer": metaspace(prepend_scheme="first", split=False),
        }),
        "unigram-added": ("unigram", {"added_tokens": unigram["added_tokens"] + own}),
        "bpe-prefix": ("bpe", {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}}),
        # ModernBERT: whitespace runs and names as tokens of their own.
        "bpe-added": ("bpe", {"normalizer": {"type": "NFC"}, "added_tokens": own + spaces}),
        "wordpiece-added": ("wordpiece", {"added_tokens": own}),
        "wordpiece-raw": ("wordpiece", {"normalizer": {
            "type": "BertNormalizer", "clean_text": False, "handle_chinese_chars": False, "strip_accents": True, "lowercase": False,
        }}),
    }  # fmt: skip


# --- the reference --------------------------------------------------------------------------------


def well_formed(text):
    """Lone surrogates are read as U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def reference(definition):
    """The Rust tokenizer with special tokens out of reach of the text.

    In a Unigram vocabulary control pieces are renamed beyond recognition: the Rust model would find
    `</s>` in a text that spells it, which SentencePiece itself does not.
    """
    definition = json.loads(json.dumps(definition)) | {"truncation": None, "padding": None}
    if definition["model"]["type"] == "Unigram":
        for token in definition["added_tokens"]:
            if token["special"]:
                definition["model"]["vocab"][token["id"]][0] = f"\U0010fffd{token['id']}\U0010fffd\U0010fffd"
        definition["added_tokens"] = [t for t in definition["added_tokens"] if not t["special"]]
    tokenizer = Tokenizer.from_str(json.dumps(definition))
    tokenizer.encode_special_tokens = True
    return tokenizer


def plain(tokenizer, text):
    return tokenizer.encode(well_formed(text), add_special_tokens=False)


def own_ids(definition, tokenizer):
    """Maps the ids that Rust gives added tokens back to those that the file names."""
    return {tokenizer.token_to_id(t["content"]): t["id"] for t in definition["added_tokens"] if not t["special"]}


def expect(definition, texts, places=0):
    tokenizer = reference(definition)
    ids = own_ids(definition, tokenizer)
    encodings = [plain(tokenizer, text) for text in texts]
    result = {"ids": [[ids.get(i, i) for i in e.ids] for e in encodings]}
    if places:
        result["offsets"] = [
            [units(text, offset) for start_end in e.offsets for offset in start_end]
            for text, e in zip(texts[:places], encodings)
        ]
    return result


def units(text, characters):
    return len(text[:characters].encode("utf-16-le")) // 2


PAIRS = [
    ("what is ranking", "A ranking model reads a query together with a document and says how well the one answers the other."),
    ("where is the library and who reads there every day of the week", "The library is near the river."),
    ("", "an empty query"), ("an empty document", ""), ("", ""),
    ("Größe der Bücher", "Straßenbahnen fahren zwischen München und Zürich nicht, wohl aber Züge."),
    ("图书馆在哪里", "图书馆在河边，孩子们每天都在那里看书。搜索引擎先找到文档，然后模型重新排序。"),
    ("[SEP] injection </s>", "text with [CLS] and </s> <s> inside [SEP] it"),
    ("🚀 notes", "Great work! 👍 The new release 🚀 is out; see the notes 📝 for what changed 😀."),
    ("a b c d e f g h i j k l", "a b c d e f g h i j k l"), ("a b c d e f g h i j k l m", "a b c d e f g h i j k l"),
    ("кто решает", "Поисковая система находит документы, а модель решает, какие из них отвечают на вопрос."),
]  # fmt: skip
LENGTHS = [7, 8, 12, 17, 32, 64]


def expect_pairs(definition):
    tokenizer = reference(definition)
    rows = []
    for p, (query, document) in enumerate(PAIRS):
        for strategy in ("only_second", "longest_first"):
            seen = None
            for length in LENGTHS:
                tokenizer.enable_truncation(length, strategy=strategy)
                try:
                    e = tokenizer.encode(query, document)
                    row = [e.ids, e.type_ids]
                except Exception:  # the query alone is too long for only_second
                    row = None
                if row != seen or row is None:
                    rows.append([p, strategy, length, row])
                seen = row
    return rows


def main():
    if "--train" in sys.argv:
        train()
    kinds = {kind: json.loads((HERE / kind / "tokenizer.json").read_text()) for kind in ("wordpiece", "wordpiece-cased", "bpe", "unigram")}
    texts = SENTENCES + HAND_MADE + random_texts(SEED, 380)
    patched = variants(kinds["unigram"])
    dump(HERE / "cases.json", {
        "texts": texts,
        "sentences": len(SENTENCES),
        "pairs": PAIRS,
        "variants": {name: {"base": base, "patch": patch_without_charsmap(patch)} for name, (base, patch) in patched.items()},
    })  # fmt: skip
    for kind, definition in kinds.items():
        dump(HERE / kind / "expected.json", expect(definition, texts, len(SENTENCES)) | {"pairs": expect_pairs(definition)})
    few = HAND_MADE + random_texts(SEED + 1, 60)
    dump(HERE / "variants.json", {
        "texts": few,
        "ids": {name: expect(kinds[base] | patch, few)["ids"] for name, (base, patch) in patched.items()},
    })  # fmt: skip


def patch_without_charsmap(patch):
    """The charsmap is large and the same everywhere; `null` stands for that of unigram/."""
    return json.loads(json.dumps(patch), object_hook=lambda o: o | {"precompiled_charsmap": None} if "precompiled_charsmap" in o else o)


if __name__ == "__main__":
    main()
