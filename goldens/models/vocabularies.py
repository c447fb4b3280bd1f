"""Tiny tokenizers in the shape that each family publishes. Nothing here depends on chance."""

import math

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from texts import CJK, LETTERS, LONG, PAIRS, PUNCTUATION, SUFFIXES, WORDS

BERT_SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROBERTA_SPECIALS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def unique(pieces):
    return list(dict.fromkeys(pieces))


def wordpiece(processing="template", document_type=1, stored_limit=None):
    """Lower-casing WordPiece as BERT and ELECTRA use it.

    processing: "template" (current converters) or "bert" (the older BertProcessing).
    document_type: type id of the document's tokens.
    stored_limit: length of a truncation and padding block to leave in the file, as some publish it.
    """
    tokens = unique(
        [*BERT_SPECIALS, *LETTERS, *PUNCTUATION, *CJK, *(f"##{c}" for c in LETTERS), *WORDS]
        + [f"##{suffix}" for suffix in SUFFIXES]
    )
    vocabulary = {token: index for index, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(BERT_SPECIALS)
    cls, sep = vocabulary["[CLS]"], vocabulary["[SEP]"]
    if processing == "bert":
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", sep), ("[CLS]", cls))
    else:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS]:0 $A:0 [SEP]:0",
            pair=f"[CLS]:0 $A:0 [SEP]:0 $B:{document_type} [SEP]:{document_type}",
            special_tokens=[("[CLS]", cls), ("[SEP]", sep)],
        )
    if stored_limit is not None:
        tokenizer.enable_truncation(stored_limit)
        tokenizer.enable_padding(length=stored_limit)
    return tokenizer


def byte_level_bpe():
    """Byte-level BPE with RoBERTa's `<s> a </s></s> b </s>`: 256 bytes and 39 merges."""
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=ROBERTA_SPECIALS,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator([LONG, *(text for pair in PAIRS for text in pair)], trainer)
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False
    )
    return tokenizer


def charsmap():
    """A precompiled SentencePiece normaliser of a few NFKC rules (the full one is over 300 KB)."""
    rules = {"ﬁ": "fi", "\u00a0": " ", "\t": " ", "\n": " ", "？": "?", "＄": "$", "①": "1"}
    normalizer = sentencepiece.SentencePieceNormalizer(norm_map=sorted(rules.items()))
    spec = sentencepiece_model_pb2.ModelProto.FromString(normalizer.serialized_model_proto())
    return spec.normalizer_spec.precompiled_charsmap


def unigram(precompiled=False):
    """Unigram with Metaspace and XLM-RoBERTa's `<s> a </s></s> b </s>`.

    precompiled: normalise by a SentencePiece character map rather than by NFKC.
    """
    words = [f"▁{word}" for word in WORDS]
    pieces = unique(["▁", *words, *SUFFIXES, *LETTERS, "T", "A", "I", "L", "é", "à", *PUNCTUATION, *CJK])

    def log_probability(piece, index):
        # Longer pieces win over spelling them out; the index keeps any two segmentations from tying.
        return round(-3.5 - 6.0 / len(piece) - math.sqrt(index) / 41, 6)

    scored = [(special, 0.0) for special in ROBERTA_SPECIALS[:4]]
    scored += [(piece, log_probability(piece, index)) for index, piece in enumerate(pieces)]
    scored.append(("<mask>", 0.0))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=3, byte_fallback=False))
    if precompiled:
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.Precompiled(charsmap()), normalizers.Replace(Regex(" {2,}"), " ")]
        )
    else:
        tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens(ROBERTA_SPECIALS)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer
