"""The pairs that every model is asked, and the words that the vocabularies are made of."""

LONG = (
    "A magnet pulls on iron because the tiny currents of its electrons line up. Heat shakes the atoms, "
    "and above the Curie point the order is gone: the magnet forgets. Cool it again in a strong field and "
    "it remembers. Ships once steered by a needle of such iron, floating in a bowl of water, and the "
    "needle knew the north better than the captain did."
)

# Chosen to differ in length by an order of magnitude, so that padding and position mistakes show.
PAIRS = [
    ("hi", "yo"),
    ("what is a graph", ""),
    ("how do magnets work", LONG),
    (LONG, LONG[::-1]),
    (LONG, "north"),
    ("où est le café ?", "Le CAFÉ est à Zürich — naïve façade, ﬁn."),
    ("東京の天気", "東京は晴れ 🌞 today"),
    ("rank rank rank", "rank rank rank rank rank rank rank rank"),
    ("the needle knew the north", "the needle knew the north"),
    ("price < 3.50 € ?", "It's $3.49 (incl. 19% VAT) -- e-mail: a@b.c"),
    ("  spaced \t out ", "line one\n\nline two\u00a0end"),
    ("which ranking model reads a question", "The model reads the question and the document together."),
]

# Appended to PAIRS with as many "a"s as fill the model's length exactly, and one more.
FILL_QUERY = "north of iron"

WORDS = (
    "a above again and atoms because better bowl captain cool currents curie did do document electrons est "
    "field floating forgets gone graph hi how heat in iron is it knew le line magnet magnets model naive "
    "needle north of on once one order out point price pulls question rank ranking reads remembers "
    "shakes ships spaced steered strong such than the tiny to today together two up water what which work"
).split()
SUFFIXES = "s ed er ing ion est ly en on th ty ne".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
PUNCTUATION = ".,:;!?'\"()<>$%@-—€"
CJK = "東京の天気は晴れ"
