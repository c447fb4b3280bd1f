import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pair } from "../types/index.js";
import type { CrossEncoder } from "./cross-encoder.js";
import { type CrossEncoderOptions, loadCrossEncoder } from "./load-cross-encoder.js";

const GOLDENS = join(import.meta.dirname, "../../goldens/models");
const open = (name: string, options: CrossEncoderOptions = {}) =>
  loadCrossEncoder(join(GOLDENS, name), name, { threads: 2, ...options });
const pair = (query: string, text: string): Pair => ({ query, document: { text } });

interface Golden {
  readonly labels: number;
  readonly pairs: readonly { readonly query: string; readonly document: string; readonly logits: number[] }[];
}
const golden = (name: string): Golden =>
  JSON.parse(readFileSync(join(GOLDENS, name, "expected.json"), "utf8"));

describe("from text to score, against PyTorch and transformers", () => {
  const cases = readdirSync(GOLDENS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
    .map((entry) => entry.name)
    .filter((name) => golden(name).labels <= 2);

  it.each(cases)("%s: at most 1e-5 apart", async (name) => {
    const { pairs, labels } = golden(name);
    const model = await open(name, { truncation: "longest_first" });
    const { scores } = await model.score(pairs.map(({ query, document }) => pair(query, document)));
    await model.close();
    pairs.forEach(({ logits }, index) => {
      const expected = labels === 2 ? logits[1]! - logits[0]! : logits[0]!;
      expect(Math.abs(scores[index]! - expected), `pair ${index}`).toBeLessThanOrEqual(labels * 1e-5);
    });
  });

  it("refuses a classifier of three labels", async () => {
    await expect(open("bert-3labels")).rejects.toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      field: "num_labels",
    });
  });
});

const words = fc.array(fc.constantFrom("iron", "magnet", "cat", "the", "pull", "🙂", "東京", "x1"), {
  maxLength: 40,
});
const somePairs = fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 12 });

describe.each(["float32", "int8"] as const)("a pair's score in %s", (precision) => {
  let model: CrossEncoder;
  beforeAll(async () => {
    model = await open("bert-1label", { precision });
  });
  afterAll(() => model.close());

  it("is the same alone, in any batch and in any order", async () => {
    await fc.assert(
      fc.asyncProperty(somePairs, fc.integer(), async (texts, seed) => {
        const pairs = texts.map(([query, text]) => pair(query.join(" "), text.join(" ")));
        const order = pairs.map((_, i) => i).sort((a, b) => ((a * 31 + seed) % 7) - ((b * 31 + seed) % 7));
        const together = (await model.score(pairs)).scores;
        const shuffled = (await model.score(order.map((index) => pairs[index]!))).scores;
        const alone = await Promise.all(pairs.map(async (one) => (await model.score([one])).scores[0]!));
        order.forEach((index, place) => {
          expect(Math.abs(shuffled[place]! - together[index]!)).toBeLessThanOrEqual(1e-5);
        });
        alone.forEach((score, index) => {
          expect(Math.abs(score - together[index]!)).toBeLessThanOrEqual(1e-5);
        });
      }),
      { numRuns: 25 },
    );
  });
});

describe("int8", () => {
  it("stays near float32 without being equal to it", async () => {
    const pairs = golden("bert-1label").pairs.map(({ query, document }) => pair(query, document));
    const [exact, quantized] = await Promise.all([
      open("bert-1label"),
      open("bert-1label", { precision: "int8" }),
    ]);
    const a = (await exact.score(pairs)).scores;
    const b = (await quantized.score(pairs)).scores;
    const drift = Math.max(...a.map((score, index) => Math.abs(score - b[index]!)));
    const spread = Math.max(...a) - Math.min(...a);
    expect(drift).toBeGreaterThan(0);
    expect(drift / spread).toBeLessThan(0.15);
    await Promise.all([exact.close(), quantized.close()]);
  });

  it("is refused for a ready-made graph", async () => {
    await expect(open("onnx-with-types", { precision: "int8" })).rejects.toMatchObject({
      code: "UNSUPPORTED_FEATURE",
    });
  });
});

describe("CrossEncoder", () => {
  let model: CrossEncoder;
  beforeAll(async () => {
    model = await open("bert-1label");
  });
  afterAll(() => model.close());
  const many = Array.from({ length: 300 }, (_, i) => pair("magnet", `iron ${i} ${"pull ".repeat(i % 30)}`));

  it("names itself with its precision", () => expect(model.id).toBe("bert-1label (float32)"));

  it("leaves nothing unscored without a deadline, and counts its progress", async () => {
    const seen: number[] = [];
    const result = await model.score(many, { onProgress: (done) => seen.push(done) });
    expect(result.unscored).toEqual([]);
    expect(seen.at(-1)).toBe(300);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it("scores nothing after a deadline that has passed, and says which pairs", async () => {
    const result = await model.score(many, { deadline: performance.now() - 1 });
    expect(result.unscored).toHaveLength(300);
    expect(result.tokens).toBe(0);
  });

  it("gives a pair the same score whichever calls it shares batches with", async () => {
    const calls = Array.from({ length: 12 }, (_, i) => many.slice(20 * i, 20 * i + 1 + 3 * i));
    const together = await Promise.all(calls.map((pairs, i) => model.score(pairs, { priority: i % 3 })));
    for (const [i, pairs] of calls.entries()) {
      const alone = (await model.score(pairs)).scores;
      together[i]!.scores.forEach((score, pair) => {
        expect(Math.abs(score - alone[pair]!)).toBeLessThanOrEqual(1e-5);
      });
      expect(together[i]!.tokens).toBe((await model.score(pairs)).tokens);
    }
  });

  it("tells what waits, and how long each stage took", async () => {
    const [first, second] = [model.score(many), model.score(many.slice(0, 5))];
    const results = await Promise.all([first, second]);
    for (const { stages } of results)
      expect(Object.keys(stages ?? {})).toEqual(["tokenize", "queue", "model"]);
    expect(model.load).toMatchObject({ queuedSequences: 0, queuedTokens: 0 });
    expect(model.load.pace).toBeGreaterThan(0);
  });

  it("refuses what its queue has no room for", async () => {
    const bounded = await open("bert-1label", { maxQueuedTokens: 299 });
    await expect(bounded.score(many)).rejects.toMatchObject({ code: "REQUEST_TOO_LARGE", value: 300 });
    const [accepted, refused] = [bounded.score(many.slice(0, 9)), bounded.score(many.slice(0, 9))];
    await expect(refused).rejects.toMatchObject({ code: "OVERLOADED" });
    expect((await accepted).unscored).toEqual([]);
    await bounded.close();
  });

  it("stops between batches when the caller aborts", async () => {
    const control = new AbortController();
    const running = model.score(many, { signal: control.signal, onProgress: () => control.abort("enough") });
    await expect(running).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  });

  it("tells what it read of a document that is too long", async () => {
    const text = "iron ".repeat(200);
    const result = await model.score([pair("magnet", text), pair("magnet", "iron")]);
    const [long, short] = result.evidence ?? [];
    expect(long?.tokensTotal).toBeGreaterThan(long?.tokensSeen as number);
    expect(text.slice(...(long?.window ?? []))).toMatch(/^iron .*iron$/);
    expect(short?.tokensSeen).toBe(short?.tokensTotal);
    expect(result.warnings).toMatchObject([{ code: "truncated", documents: [0] }]);
  });

  it("reads no more of a text than a call allows, and scores it as if it were so short", async () => {
    const [long, short] = [pair("iron magnet", "cat the pull iron magnet"), pair("iron", "cat the")];
    const alone = await model.score([short, pair("q", "iron")]);
    const [maxDocumentTokens, maxQueryTokens] = alone.evidence!.map(({ tokensTotal }) => tokensTotal);
    const { scores, evidence, warnings } = await model.score([long], { maxDocumentTokens, maxQueryTokens });
    expect(scores[0]).toBeCloseTo(alone.scores[0]!, 5);
    expect(evidence).toMatchObject([{ tokensSeen: maxDocumentTokens, window: [0, 7] }]);
    expect(warnings?.map(({ code }) => code)).toEqual(["truncated", "query_truncated"]);
    expect(warnings?.[0]?.message).toContain(`did not fit into ${maxDocumentTokens} tokens`);
  });

  it("finds an answer at the end of a long document through windows", async () => {
    const windowed = await open("bert-1label", { windows: { tokens: 24, overlap: 4, maxWindows: 50 } });
    const end = "heat shakes the atoms";
    const text = `${"iron ".repeat(100)}${end}`;
    const [whole] = (await windowed.score([pair("magnet", text)])).evidence ?? [];
    expect(whole?.tokensSeen).toBe(whole?.tokensTotal);
    const alone = await model.score([pair("magnet", text.slice(...(whole?.window ?? [])))]);
    const best = await windowed.score([pair("magnet", text)]);
    expect(best.scores[0]).toBeCloseTo(alone.scores[0]!, 5);
    await windowed.close();
  });

  it("turns logits into probabilities that order alike", async () => {
    const probable = await open("bert-1label", { scores: "probability" });
    const a = (await model.score(many.slice(0, 20))).scores;
    const b = (await probable.score(many.slice(0, 20))).scores;
    b.forEach((p, index) => {
      expect(p).toBeCloseTo(1 / (1 + Math.exp(-a[index]!)), 12);
    });
    await probable.close();
  });
});

describe("bad options", () => {
  it.each([
    [{ maxTokens: 65 }, "maxTokens"],
    [{ maxTokens: 4 }, "maxTokens"],
    [{ batchTokens: 0 }, "batchTokens"],
    [{ maxQueuedTokens: 0 }, "maxQueuedTokens"],
    [{ threads: 1.5 }, "threads"],
    [{ precision: "int4" as "int8" }, "precision"],
    [{ scores: "percent" as "logit" }, "scores"],
  ])("%o names the field", async (options, field) => {
    await expect(open("bert-1label", options)).rejects.toMatchObject({ code: "INVALID_OPTION", field });
  });
});
