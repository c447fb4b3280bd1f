import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../../types/index.js";
import { bestPassage } from "./best-passage.js";
import { findMatches, MATCH_WIDTH, type Matches } from "./find-matches.js";
import { queryTerms } from "./query-terms.js";

function matchesOf(query: string, document: Document): Matches {
  const search = findMatches(document, queryTerms(query));
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

describe("bestPassage", () => {
  const filler =
    "and then nothing happened for a very long time in that small quiet town by the sea, ".repeat(2);

  it("is the shortest stretch that holds the most weight", () => {
    const text = `pause ${filler} To pause your own subscription now. ${filler} pause subscription`;
    const { weight, window } = bestPassage(matchesOf("pause subscription", { text }), [5, 7]);
    expect(weight).toBe(12);
    expect(text.slice(...window)).toBe("pause subscription");
  });

  it("does not reach over more than a sentence's worth of words", () => {
    const text = `subscription ${filler} pause`;
    const { weight, window } = bestPassage(matchesOf("pause subscription", { text }), [5, 7]);
    expect(weight).toBe(7);
    expect(text.slice(...window)).toBe("subscription");
  });

  it("counts the title as part of every passage, but points into the text", () => {
    const document = { title: "Subscription", text: `subscription ${filler} pause` };
    const { weight, window } = bestPassage(matchesOf("pause subscription", document), [5, 7]);
    expect(weight).toBe(12);
    expect(document.text.slice(...window)).toBe("pause");
  });

  it("is empty where the text holds nothing of the query", () => {
    expect(bestPassage(matchesOf("pause", { title: "Pause", text: filler }), [5])).toEqual({
      weight: 5,
      window: [0, 0],
    });
  });

  it("weighs as much as the best of all stretches, tried one by one", () => {
    const words = fc.array(fc.constantFrom("alpha", "beta", "gamma", "other"), { maxLength: 60 });
    const weights = [3, 5, 7];
    fc.assert(
      fc.property(words, words, (title, body) => {
        const matches = matchesOf("alpha beta gamma", {
          title: title.slice(0, 2).join(" "),
          text: body.join(" "),
        });
        let best = 0;
        for (let start = 0; start <= body.length; start++) {
          const held = new Set<string>([...title.slice(0, 2), ...body.slice(start, start + 16)]);
          const weight = ["alpha", "beta", "gamma"].reduce(
            (sum, w, t) => sum + (held.has(w) ? weights[t]! : 0),
            0,
          );
          best = Math.max(best, weight);
        }
        expect(bestPassage(matches, weights).weight).toBe(best);
        expect(matches.places.length / MATCH_WIDTH).toBe(body.filter((word) => word !== "other").length);
      }),
    );
  });
});
