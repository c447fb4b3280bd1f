"""Write src/text/unicode/tables.ts: the Unicode facts that the reference tokenizers rest on.

Everything that `tokenizers` (Rust) can be asked is asked of it, code point by code point, because its
parts follow different versions of Unicode. Grapheme cluster classes come from `regex`, whose release
2025.11.3 carries Unicode 17 as the reference does. Usage: python unicode_tables.py OUTPUT
"""

import sys

import regex
from tokenizers import normalizers, pre_tokenizers

CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]

clean = normalizers.BertNormalizer(
    clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False
)
unaccent = normalizers.BertNormalizer(
    clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False
)
strip_marks = normalizers.StripAccents()
nfc, nfd, nfkd = normalizers.NFC(), normalizers.NFD(), normalizers.NFKD()
bert_words = pre_tokenizers.BertPreTokenizer()
byte_words = pre_tokenizers.ByteLevel(add_prefix_space=False)
# Marks of class 1, 220 and 240: whatever has a class of its own changes places with one of them.
ORDER_PROBES = ("\u0334", "\u0316", "\u0345")


def reorders(char):
    return any(nfd.normalize_str(s) != s for p in ORDER_PROBES for s in (p + char, char + p))


def pieces(pre_tokenizer, text):
    return len(pre_tokenizer.pre_tokenize_str(text))


def bert_sets():
    yield "DROPPED", "what BertNormalizer's clean_text removes", [
        c for c in CODE_POINTS if clean.normalize_str(f"a{chr(c)}b") == "ab"
    ]
    yield "PUNCTUATION", "what BertPreTokenizer isolates", [
        c for c in CODE_POINTS if pieces(bert_words, f"a{chr(c)}b") == 3
    ]
    yield "NONSPACING", "decomposed characters that BertNormalizer's strip_accents removes", [
        c for c in CODE_POINTS if nfd.normalize_str(chr(c)) == chr(c) and unaccent.normalize_str(chr(c)) == ""
    ]
    yield "MARKS", "what the StripAccents normalizer removes", [
        c for c in CODE_POINTS if strip_marks.normalize_str(chr(c)) == ""
    ]


def normalization_sets():
    decomposing = [c for c in CODE_POINTS if nfkd.normalize_str(chr(c)) != chr(c)]
    seconds = set()
    for c in decomposing:
        parts = nfd.normalize_str(chr(c))
        # The last character of a full decomposition is the second half of the last composition step.
        if len(parts) > 1 and nfc.normalize_str(parts) == chr(c):
            seconds.add(parts[-1])
    ordered = {chr(c) for c in CODE_POINTS if nfkd.normalize_str(chr(c)) == chr(c) and reorders(chr(c))}
    backward = ordered | seconds
    yield "DECOMPOSING", "characters with a canonical or compatibility decomposition", decomposing
    yield "COMBINING", "characters that may reorder or compose with what stands before them", [
        c for c in CODE_POINTS if nfkd.normalize_str(chr(c))[0] in backward
    ]


def byte_level_sets():
    letters, numbers = [], []
    for c in CODE_POINTS:
        if pieces(byte_words, "a" + chr(c)) == 1:
            letters.append(c)
        elif pieces(byte_words, "1" + chr(c)) == 1:
            numbers.append(c)
    yield "LETTERS", r"\p{L} of ByteLevel's expression", letters
    yield "NUMBERS", r"\p{N} of ByteLevel's expression", numbers


def grapheme_sets():
    def members(pattern, stop=0x110000):
        compiled = regex.compile(pattern)
        return [c for c in CODE_POINTS if c < stop and compiled.match(chr(c))]

    # Beyond the BMP the last two cannot matter: see graphemes.ts.
    yield "GRAPHEME_EXTEND", "Grapheme_Cluster_Break=Extend", members(r"\p{GCB=Extend}")
    yield "GRAPHEME_SPACING", "Grapheme_Cluster_Break=SpacingMark", members(r"\p{GCB=SpacingMark}")
    yield "GRAPHEME_PREPEND", "Grapheme_Cluster_Break=Prepend", members(r"\p{GCB=Prepend}")
    yield "GRAPHEME_CONTROL", "Grapheme_Cluster_Break=Control", members(r"\p{GCB=Control}")
    yield "PICTOGRAPHIC", "Extended_Pictographic in the BMP", members(r"\p{ExtPict}", 0x10000)
    yield "INDIC_CONSONANT", "Indic_Conjunct_Break=Consonant in the BMP", members(r"\p{InCB=Consonant}", 0x10000)


def base36(number):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return base36(number // 36).lstrip("0") + digits[number % 36] if number >= 36 else digits[number]


def encode(code_points):
    """Gaps and lengths of the ranges in turn, in base 36."""
    numbers, end, start = [], 0, None
    for c in [*code_points, None]:
        if start is not None and c != last + 1:
            numbers += [start - end, last + 1 - start]
            end, start = last + 1, None
        if c is not None and start is None:
            start = c
        last = c
    return " ".join(map(base36, numbers))


def main(path):
    groups = (bert_sets, normalization_sets, byte_level_sets, grapheme_sets)
    with open(path, "w", encoding="utf8", newline="\n") as out:
        out.write("// Written by goldens/tokenizers/unicode_tables.py. Sets of code points as `paint` reads them.\n")
        for group in groups:
            for name, what, code_points in group():
                out.write(f'\n/** {what[0].upper()}{what[1:]}. */\nexport const {name} =\n  "{encode(code_points)}";\n')


if __name__ == "__main__":
    main(sys.argv[1])
