"""Writes cases.json: texts that are hard to cut into words, and a corpus of made-up documents with queries."""

import json
import random

WORDS = (
    "wing wings lift drag pressure pressures pressured boundary layer layers flow flows flowing flowed turbulent "
    "turbulence heating heated heat transfer transferred surface surfaces theory theories theoretical experiment "
    "experiments experimental measured measurement measurements the of and in is for with was this that relation "
    "relational relate related ratio speed speeds high higher highly body bodies cone cones conical shock shocks "
    "engine's pilot’s Mach 3.5 1,000 x-ray e.g. U.S. non_linear analogy analogously happily happiness agreed"
).split()

TEXTS = {
    "english": [
        "",
        "The quick brown foxes' tails weren't the dogs’ but the cat's and CAT'S and CAT＇S.",
        "Pi is 3.1415, not 3,1415; call 1-800-555 or a.b@example.org:8080 at 10:30, e.g. in the U.S.A.",
        "snake_case __init__ _ ___ camelCase C++ C# .NET #tag @name $5.00 50% 1e-9 v2.0.1-rc3",
        "Ångström naïve façade İstanbul ß ﬁne １２３ Ｗｉｄｅ soft\u00adhyphen zero\u200bwidth zero\u200djoin",
        "relational conditional rationally valency hesitancy digitizer conformably radically differently vilely",
        "analogously vietnamization predication operator feudalism decisiveness hopefulness callousness formality",
        "sensitivity sensibility triplicate formative formalize electricity electrical hopeful goodness revival",
        "allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent",
        "adoption homologou communism activate angularity homologous effective bowdlerize probate rate cease roll",
        "caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled sized hopping",
        "tanned falling hissing fizzed failing filing happy sky a as is s ies eed sses psychology assembly",
        "word " + "x" * 300 + " " + "é" * 255 + "tail " + "a." * 200,
        "😀 tears 👩‍🔬 flag 🇩🇪 heart ❤️ copyright © ®",
        "עברית צה״ל ג'ירפה العربية مرحبا، ١٢٣٫٥ русский ёлка Ελληνικά",
    ],
    "cjk": [
        "吉尔吉斯斯坦的主要宗教是伊斯兰教，但宪法保障宗教自由。",
        "東京タワーへ行きました。ｶﾀｶﾅとカタカナ、ＡＢＣ１２３と abc。",
        "한국어 텍스트와 English words 混在 the 字",
        "一 二三 𠀀𠀁 2024年5月",
    ],
    "hindi": [
        "पैरेनकाइमा कोशिकाएं वे जीवित कोशिकाएं हैं जो संग्रह और सहारे से लेकर प्रकाश संश्लेषण तक के कार्य करती हैं।",
        "लड़कियाँ लड़कियों लड़का लड़के किताबें किताबों हिन्दी हिंदी १२३ ज़्यादा फ़िल्म डॉक्टर कॉलेज",
    ],
}


def main():
    rng = random.Random(11)
    weights = [1 / (rank + 2) for rank in range(len(WORDS))]
    document = lambda length: " ".join(rng.choices(WORDS, weights, k=length))
    lengths = [0, 1, 2, 5, 23, 24, 25, 39, 40, 41, 42, 55, 56, 57, 88, 89, 152, 300, 513, 700]
    lengths += [rng.randint(3, 60) for _ in range(30)]
    documents = [
        {"id": f"d{number}", "title": document(3) if number % 3 == 2 else "", "text": document(length)}
        for number, length in enumerate(lengths)
    ]
    queries = [document(rng.randint(1, 8)) for _ in range(12)]
    queries += ["boundary boundary boundary layer", "the of and", "unknown", "heat heat transfer transfer transfer"]
    with open("cases.json", "w", encoding="utf-8") as file:
        cases = {"texts": TEXTS, "documents": documents, "queries": queries}
        json.dump(cases, file, ensure_ascii=False, indent=1)
        file.write("\n")


main()
