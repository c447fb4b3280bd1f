"""Strings that tokenizers get wrong, and seeded random ones."""

import random
import unicodedata

HAND_MADE = [
    "", " ", "   ", "\n", "\t\n\r\n", "\u00a0", "\u3000", "a", "A", ".", "##a", "##", "a b", " a", "a ", "  a  b  ",
    "Hello, world!", "hello world", "HELLO WORLD", "don't can't won't it's they're we've he'll I'd I'm",
    "'s 't 're 've 'm 'll 'd", "''s '''re", "I'S THEY'RE", "'", "''", "x's\u2019s", " 's", "a 's b",
    "[CLS] a [SEP] b [MASK] [PAD] [UNK]", "<s>a</s><pad><unk><mask>", "<|endoftext|>", "</s>", "<mask>", "[SEP]",
    "[unused1] [unused2]", "a[SEP]b", "< s >", "<S>", "\u2581a\u2581b \u2581 c", "\u2581", "\u2581\u2581", "a\u2581",
    "\x00", "a\x00b", "\x00\x00 a", "a\x01b\x02", "a\x7fb\x80c\x85d\x9f", "a\x0bb\x0cc\x1cd\x1ee", "\ufeffa\ufeffb",
    "a\u200bb\u200cc\u200dd\u200ee\u200ff", "a\u2028b\u2029c", "a\u202eb\u202cc", "\ufffd a\ufffdb", "\ue000a\uf8ff",
    "\ud800", "a\ud800b", "\udc00\ud800", "x \udfff y", "\ud83d \ude00", "\U0010ffff\U000e0001\ufffe\uffff",
    "e\u0301 \u00e9 E\u0301 \u00c9", "\u0301", "\u0301a", "a \u0301 b", "a\u0301\u0302\u0303\u0316b", "q\u0307\u0323 q\u0323\u0307",
    "\u1e69 s\u0323\u0307 s\u0307\u0323 \u1e61\u0323", "\u0344 \u0f73 \u0f75\u0f71", "\u212b \u00c5 A\u030a", "\u2126 \u03a9",
    "\ufb01 \ufb03 \u01c4 \u01c5 \u0132", "\u2460 \u2474 \u33a5 \u3392 \u2122 \u2120 \u00ae\u0301 \u2122\u0301", "\u00bd \u2153 1\u20442",
    "\uff21\uff42\uff43\uff11\uff12\uff13\uff01\uff5e", "\uff76\uff9e\uff77\uff9f \u30ab\u3099", "\u3131\u314f\u3134 \u1100\u1161\u11a8 \uac00\u11a8",
    "\u0130 i\u0307 I \u0131 \u0130stanbul", "\u03a3\u03a3 \u039f\u0394\u039f\u03a3 \u03c3\u03c2", "Stra\u00dfe STRASSE \u1e9e", "\u01c5 \u1f88 \u1fbc",
    "\u2260 = \u0338 =\u0338 \u226e \u2209", "a\u2260b a=\u0338b", "\u037e ; \u0387 \u00b7", "\u1fef ` \u1ffd \u00b4 \u00a8",
    "$100 \u20ac50 \u00a375 \u00a5 1+1=2 ^_^ ~/.x |a| `b` <c>", "a_b a-b a/b a\\b a@b.c #d", "\u2014\u2013\u2026\u201ca\u201d\u2018b\u2019\u00ab c \u00bb\u00a1\u00bf",
    "\u4f60\u597d world\u4e16\u754c", "\u4e2d\u6587\u3001\u65e5\u672c\u8a9e\u3002\uff08\u62ec\u5f27\uff09", "\u3400\u4dbf\u9fff\u2e80\u2f00\u3005\u3007\u31c0", "\U00020000\U0002a6df\U0002a700\U0002b820\U0002b920\U0002ceb0\U0002f800\U00030000",
    "\uf900\ufa0e\ufaff \u8c48", "\u30a2\u30a4 \u3072\u3089\u304c\u306a \uac00\ub098\ub2e4", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01", "\u0e33 \u0e40\u0e01\u0e33",
    "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e", "\u0915\u094d\u200d\u0937 \u0915\u094d\u0937 \u0958 \u0915\u093c", "\u09aa\u09dc\u09c7 \u09aa\u09a1\u09bc\u09c7 \u09cb \u09c7\u09be", "\u0b94 \u0b92\u0bd7",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645", "\u0645\u064e\u0631\u0652\u062d\u064e\u0628\u0627\u064b", "\ufefb \ufdfa \u0640\u0640", "\u0600 12 \u0600a \u06dd5 \u070fx", "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd \ufb2a \u05e9\u05c1",
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd a\U0001f3fd", "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7\U0001f1ee", "\u263a\ufe0f \u2764\ufe0f\u200d\U0001f525 \u00a9\ufe0f \u00a9\u200d\u00a9\u0301", "1\ufe0f\u20e3 #\u20e3 a\u20dd",
    "\U0001d400\U0001d6a8 \U0001d7d8", "\U00010400\U00010428 \U0001e900", "\u1c80 \ua7ae \u10d0\u1c90", "\ua7ce\ua7cf \U00016ea0", "\u0378 \u0379a \U000e0fff",
    "a" * 99, "a" * 100, "a" * 101, "a" * 300, "\u00e9" * 100, "\u00e9" * 101, "e\u0301" * 60, "\U0001f600" * 101, "\u4e2d" * 150, "ab" * 70 + " cd",
    "x" * 50 + "\x00" * 60, "0123456789 " * 20, "\u0660\u0661\u0662 \u00b2\u00b3 \u2168 \u09e7 \U0001d7ce", "1,000.50 3/4 50% 10:30 2024-01-02T03:04:05Z",
    "a\r\nb\rc\nd", "\r\n\u0301", "tab\tsep\tvalues", "trailing   \n\n  spaces   ", "\n\n\na", "a\u00a0b\u2003c\u3000d\u1680e\u205ff\u202fg", "a  b   c    d     e",
    " \u00a0 ", "\u00a0a\u00a0", "a \u0300b", "\u0300 \u0301", "a\u00ad\u00adb soft\u00adhyphen", "zero\u200bwidth \u2060joiner", "\u180e \u061c \u2066x\u2069",
    "http://www.example.com/path?query=1&x=%20#frag", "user@example.com, +49 (0)30 123-456", "C++ C# .NET node.js v1.2.3-rc.1", "SELECT * FROM t WHERE a='b';",
    "The \u201cquick\u201d brown\u2014fox\u2026 jumps!", "\u00c0\u00c9\u00ce\u00d5\u00dc \u00e0\u00e9\u00ee\u00f5\u00fc", "na\u00efve caf\u00e9 r\u00e9sum\u00e9 co\u00f6perate", "\u00df \u00e6 \u0153 \u00f8 \u0142 \u0111 \u00f0 \u00fe \u0131",
    "|||IP_ADDRESS||| and |||EMAIL|||", "New York NewYork", "day days Day DAY birthday", "[NEW] [new]", "  [left]  [right]  [both]  ", "a[left]b [right] c", "[left][right][both]", "[LEFT]",
    "a\n\n  b\t\tc", "\u0660" * 30, "\u0301" * 40, "\u200d" * 10 + "x", "=" * 50, "ffi\ufb03ffi", "\u1100\u1100\u1161\u1161\u11a8\u11a8", "\uac00\u0301 \uac01\u0301", "\u0915\u0301 \u0915\u094d\u0915\u0301 \u0958\u0301", "\u263a\u200d\u2122\u0301 \u2122\u0301", "\u24c2\u0301 \u3297\u0301",
    "\uff9e\u0301 \u3099\u0301 \u309a", "\u1112\u1175\u11ab \ud55c", "\u00a8\u0301 \u0385", "\u1b05\u1b35 \u1b06", "\U00011131\U00011127 \U000114b9\U000114ba", "\U0001d15e \U0001d157\U0001d165", "\U00011935\U00011930 \U000105d2\u0307", "\u0cbf\u0cd5 \u0cc6\u0cd5 \u0dd9\u0dcf\u0dca",
]  # fmt: skip

WORDS = (
    "the query document ranking windows tokens it's they're don't 3.14 2024 Größe crêpes naïve São świeże İstanbul "
    "быстрая река γρήγορη ספרייה المكتبة पुस्तकालय ห้องสมุด 图书馆 図書館は 도서관은 👍 🚀 ½ ™ ﬁne ＡＢＣ "
    "unbelievable misunderstanding C++ a_b x=y [SEP] </s> <mask> ▁the"
).split()
GLUE = [" ", " ", " ", " ", "  ", "\n", "\t", "", "", "-", ", ", ". ", "\u00a0", "\u3000", "\u200b", "\u0301"]

BLOCKS = [
    (0x00, 0x80), (0x20, 0x7F), (0x80, 0x180), (0x180, 0x250), (0x2B0, 0x370), (0x300, 0x370), (0x370, 0x400), (0x400, 0x530),
    (0x531, 0x600), (0x600, 0x700), (0x900, 0x980), (0x980, 0xE00), (0xE00, 0x1000), (0x1000, 0x1100), (0x1100, 0x1200),
    (0x1E00, 0x2000), (0x2000, 0x2070), (0x2070, 0x2190), (0x2190, 0x2400), (0x2400, 0x2800), (0x2E80, 0x3130), (0x3130, 0x3400),
    (0x4E00, 0x9FFF), (0xA000, 0xABFF), (0xAC00, 0xD7FF), (0xF900, 0xFB00), (0xFB00, 0xFE00), (0xFE00, 0x10000),
    (0x10000, 0x11000), (0x11000, 0x12000), (0x1D000, 0x1E000), (0x1F000, 0x1FB00), (0x20000, 0x20100), (0xE0000, 0xE0200),
]  # fmt: skip


def random_character(rng, blocks):
    while True:
        c = rng.randrange(*rng.choice(blocks))
        if not 0xD800 <= c < 0xE000:
            return chr(c)


def random_text(rng):
    """Words glued in odd ways, characters of one or a few blocks, or of all."""
    shape = rng.random()
    if shape < 0.4:
        text = "".join(rng.choice(WORDS) + rng.choice(GLUE) for _ in range(rng.randrange(1, 14)))
    elif shape < 0.8:
        blocks = rng.sample(BLOCKS, rng.choice([1, 1, 2, 3])) + ([(0x20, 0x7F), (0x300, 0x320)] if rng.random() < 0.5 else [])
        text = "".join(random_character(rng, blocks) for _ in range(rng.randrange(1, 24)))
    elif shape < 0.9:
        text = "".join(chr(c) for c in (rng.randrange(0x110000) for _ in range(rng.randrange(1, 12))) if not 0xD800 <= c < 0xE000)
    else:
        text = " ".join("".join(rng.choice("abcdefgh'") for _ in range(rng.randrange(1, 9))) for _ in range(rng.randrange(1, 12)))
    if rng.random() < 0.2:
        text = unicodedata.normalize(rng.choice(["NFC", "NFD", "NFKC", "NFKD"]), text)
    if rng.random() < 0.15:
        text = text.upper()
    return text


def random_texts(seed, count):
    rng = random.Random(seed)
    return [random_text(rng) for _ in range(count)]
