import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Collection } from "../../evaluate/index.js";
import { LeakIndex } from "./leak-index.js";
import { removeLeaks, testTexts } from "./leaks.js";
import { openDataset } from "./open-dataset.js";
import { plainWords } from "./plain-words.js";
import { containment, shingleHashes } from "./shingles.js";

const passage =
  "Webbed toes is the common name for syndactyly affecting the feet. It is characterised by the fusion of two or more digits of the feet. This is normal in many birds, such as ducks.";
const collection: Collection = {
  name: "toes",
  queries: new Map([
    ["1", "what is the medical term for webbed toes"],
    ["2", "never judged at all"],
  ]),
  qrels: new Map([
    [
      "1",
      new Map([
        ["relevant", 2],
        ["not", 0],
      ]),
    ],
  ]),
  async *documents() {
    yield { id: "relevant", title: "Toes", text: passage };
    yield { id: "not", text: "Ducks swim on lakes and rivers." };
  },
};
const index = new LeakIndex(await testTexts(collection));
const query = (text: string) => index.find({ role: "query", text })?.rule;
const document = (text: string, title?: string) => index.find({ role: "passage", text, title })?.rule;

describe("LeakIndex", () => {
  it("holds judged queries and relevant passages, or all judged ones", async () => {
    expect(index.size).toBe(2);
    expect(await testTexts(collection, { relevantFrom: 0 })).toHaveLength(3);
  });

  it("finds equal texts whatever their case, punctuation and title", () => {
    expect(query("What is the medical term for “webbed toes”?")).toBe("equal");
    expect(document(passage.toUpperCase().replaceAll(".", " ."))).toBe("equal");
    expect(document(passage, "Another title")).toBe("equal");
    expect(document(`Toes ${passage}`)).toBe("equal");
  });

  it("finds questions of the same terms", () => {
    expect(query("medical terms for webbed toe")).toBe("terms");
    expect(query("webbed toes: the medical term")).toBe("terms");
    expect(query("what is the medical term for flat feet")).toBeUndefined();
    expect(document("medical terms for webbed toe")).toBeUndefined();
  });

  it("finds long texts that are in each other to a half", () => {
    expect(document(`${passage} In humans it is unusual, and so on, with many more words than before.`)).toBe(
      "contained",
    );
    expect(document(passage.slice(0, 140))).toBe("contained");
    expect(document(passage.replace("two or more", "2+"))).toBe("contained");
    expect(document("This is normal in many birds, such as ducks.")).toBeUndefined();
    expect(
      document(
        "An entirely different passage about something else, long enough to be compared by its runs of words.",
      ),
    ).toBeUndefined();
  });

  it("does not take a template for a leak once it is known as one", () => {
    const template = (name: string) =>
      `${name} is inherited in an autosomal dominant pattern, which means one copy of the altered gene in each cell is sufficient to cause the disorder.`;
    const texts = new LeakIndex([{ set: "test", role: "passage", text: template("Tietz syndrome") }]);
    const find = (text: string) => texts.find({ role: "passage", text })?.rule;
    expect(find(template("Marfan syndrome"))).toBe("contained");
    for (let i = 0; i < 10; i++) texts.observe(template(`Disease ${i}`));
    expect(texts.dropStock()).toBeGreaterThan(0);
    expect(find(template("Marfan syndrome"))).toBeUndefined();
    expect(find(template("Tietz syndrome"))).toBe("equal");
  });
});

describe("removeLeaks", () => {
  const example = (q: string, text: string) => ({
    query: q,
    documents: [{ text: "clean" }, { text }],
    targets: [1, 0],
  });
  const dataset = () =>
    openDataset([
      { name: "clean", examples: [example("how do ducks swim", "with their feet")] },
      {
        name: "leaky",
        examples: [
          example("x y", passage),
          example("webbed toes, medical term", "z"),
          example("fine", "well"),
        ],
      },
    ]);

  it("removes examples by query or document, and reports them by source and test set", async () => {
    const { dataset: kept, report } = await removeLeaks(await dataset(), index);
    expect([...kept.entries()].map(({ example: { query } }) => query)).toEqual(["how do ducks swim", "fine"]);
    expect(report).toEqual({
      sources: [
        { file: "clean", examples: 1, removed: 0, sets: [] },
        { file: "leaky", examples: 3, removed: 2, sets: [{ set: "toes", queries: 1, documents: 1 }] },
      ],
      leaks: [
        { file: "leaky", line: 1, set: "toes", role: "passage", rule: "equal", part: "document" },
        { file: "leaky", line: 2, set: "toes", role: "query", rule: "terms", part: "query" },
      ],
    });
  });

  it("lets stay what is allowed", async () => {
    const { dataset: kept } = await removeLeaks(await dataset(), index, {
      allow: ({ part }) => part === "query",
    });
    expect(kept.size).toBe(3);
  });

  it("stops when aborted", async () => {
    const signal = AbortSignal.abort();
    await expect(removeLeaks(await dataset(), index, { signal })).rejects.toMatchObject({ code: "ABORTED" });
  });
});

describe("shingles", () => {
  const texts = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 30 });

  it("are contained as their runs of words are", () => {
    const runs = (words: readonly string[]) =>
      new Set(words.slice(0, Math.max(0, words.length - 2)).map((_, i) => words.slice(i, i + 3).join(" ")));
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const [left, right] = [runs(a), runs(b)];
        const common = [...left].filter((run) => right.has(run)).length;
        const share = common === 0 ? 0 : common / Math.min(left.size, right.size);
        expect(containment(shingleHashes(a, 3), shingleHashes(b, 3))).toBeCloseTo(share, 10);
      }),
    );
  });

  it("find in the index what containment says", () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), texts, (stored, asked) => {
        const padded = (words: readonly string[]) => words.map((word, i) => `${word}${i % 7}`);
        const made = new LeakIndex(
          stored.map((words) => ({ set: "s", role: "passage" as const, text: padded(words).join(" ") })),
        );
        const runs = shingleHashes(padded(asked), 8);
        const expected = stored.some((words) => {
          const own = shingleHashes(padded(words), 8);
          return own.length >= 8 && runs.length >= 8 && containment(own, runs) >= 0.5;
        });
        const rule = made.find({ role: "passage", text: padded(asked).join(" ") })?.rule;
        if (rule !== "equal") expect(rule).toBe(expected ? "contained" : undefined);
      }),
    );
  });

  it("reads words of any script", () => {
    expect(plainWords("Ｈello, WÖRLD! 3×2 हिन्दी")).toEqual(["hello", "wörld", "3", "2", "हिन्दी"]);
  });
});
