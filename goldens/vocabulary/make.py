"""Learn WordPiece vocabularies with the Rust library `tokenizers` from made-up texts.

python make.py

Its trainer gives the pieces of one character their ids in the order of a hash map, and ids decide between
equally frequent pairs. To get the same result in every run, these pieces are named as special tokens, which
come first and in the order given: the characters by code point, then those inside words likewise.
"""

import json
import random
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

HERE = Path(__file__).parent
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CASES = [
    {"name": "large", "size": 400, "minFrequency": 1},
    {"name": "small", "size": 150, "minFrequency": 1},
    {"name": "frequent pairs only", "size": 5000, "minFrequency": 12},
    {"name": "all there is to merge", "size": 50000, "minFrequency": 1},
]
ROOTS = "wind river stone market letter signal garden copper engine harbour winter circle matter method".split()
BEGINNINGS = ["", "", "", "re", "un", "over", "under"]
ENDINGS = ["", "", "", "s", "ing", "ed", "er", "ers", "less", "ly", "ation"]
OTHERS = "the of and to in a is it for on that with as was at by don't 1,024 3.5 naïve Zürich 東京 город".split()


def texts(seed):
    """Sentences of words that are put together at random, frequent ones often."""
    rng = random.Random(seed)

    def word():
        if rng.random() < 0.4:
            return OTHERS[min(int(rng.expovariate(0.2)), len(OTHERS) - 1)]
        root = ROOTS[min(int(rng.expovariate(0.25)), len(ROOTS) - 1)]
        made = rng.choice(BEGINNINGS) + root + rng.choice(ENDINGS)
        return made.capitalize() if rng.random() < 0.1 else made

    return [" ".join(word() for _ in range(rng.randrange(4, 16))) + rng.choice(".!?") for _ in range(500)]


def learn(case):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words = [
        word
        for text in texts(7)
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text))
    ]
    characters = sorted({character for word in words for character in word})
    inside = sorted({character for word in words for character in word[1:]})
    trainer = trainers.WordPieceTrainer(
        vocab_size=case["size"],
        min_frequency=case["minFrequency"],
        special_tokens=SPECIAL + characters + ["##" + character for character in inside],
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(7), trainer)
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.get)


def main():
    cases = [{**case, "pieces": learn(case)} for case in CASES]
    for case in cases:
        assert case["pieces"] == learn(case), "two runs differ"
        print(case["name"], len(case["pieces"]))
    golden = {"texts": texts(7), "cases": cases}
    (HERE / "learned.json").write_text(json.dumps(golden, indent=0) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
