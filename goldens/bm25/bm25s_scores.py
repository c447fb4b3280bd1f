"""Writes bm25s.json: scores of bm25s (method "lucene", exact lengths) for the terms in lucene.json."""

import json

import bm25s

SETTINGS = [(0.9, 0.4), (1.2, 0.75), (2.0, 1.0), (0.5, 0.0)]


def rankings(k1, b, cases, documents, queries):
    retriever = bm25s.BM25(method="lucene", k1=k1, b=b, dtype="float64")
    retriever.index(documents, show_progress=False)
    for terms in queries:
        known = [term for term in terms if term in retriever.vocab_dict]
        scores = retriever.get_scores(known) if known else [0.0] * len(documents)
        yield {
            case["id"]: round(float(score), 9) for case, score in zip(cases, scores, strict=True) if score > 0
        }


def main():
    with open("cases.json", encoding="utf-8") as file:
        cases = json.load(file)["documents"]
    with open("lucene.json", encoding="utf-8") as file:
        reference = json.load(file)
    documents = [row.split() for row in reference["documentTerms"]]
    queries = [row.split() for row in reference["queryTerms"]]
    # Lucene counts only documents that have a term; bm25s would count the others too.
    kept = [index for index, terms in enumerate(documents) if terms]
    cases = [cases[index] for index in kept]
    documents = [documents[index] for index in kept]
    result = [
        {"k1": k1, "b": b, "lists": list(rankings(k1, b, cases, documents, queries))} for k1, b in SETTINGS
    ]
    with open("bm25s.json", "w", encoding="utf-8") as file:
        json.dump(result, file)
        file.write("\n")


main()
