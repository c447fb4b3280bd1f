import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type {
  Document,
  Evidence,
  Pair,
  ScoreOptions,
  ScoreResult,
  Scorer,
  Warning,
} from "../../types/index.js";
import { lexicalScorer } from "../lexical.js";
import { pointwise } from "../pointwise.js";
import { cachedScorer } from "./cached-scorer.js";
import { memoryStore } from "./memory-store.js";
import type { ScoreStore } from "./score-store.js";

/** Cuts texts to 5 characters, warns of it, and remembers what it was asked. */
function fakeScorer(change: Partial<ScoreResult> | ((pairs: readonly Pair[]) => Partial<ScoreResult>) = {}) {
  const calls: string[][] = [];
  const options: ScoreOptions[] = [];
  const scorer: Scorer = {
    ...{ id: "fake", scoreScale: "logit", maxTokens: 5 },
    fingerprint: async () => "fake 1",
    load: { queuedSequences: 1, queuedTokens: 2, pace: 3 },
    async score(pairs, given = {}) {
      calls.push(pairs.map(({ document }) => document.text));
      options.push(given);
      given.onProgress?.(pairs.length, pairs.length);
      const cut = pairs.flatMap(({ document: { text } }, i) => (text.length > 5 ? [i] : []));
      const warnings: Warning[] = [{ code: "truncated", message: "cut", documents: cut }];
      return {
        scores: Float64Array.from(pairs, ({ query, document }) => scoreOf(query, document)),
        evidence: pairs.map(({ document: { text } }): Evidence => {
          const seen = Math.min(5, text.length);
          return { window: [0, seen], tokensSeen: seen, tokensTotal: text.length };
        }),
        tokens: 10 * pairs.length,
        warnings: cut.length > 0 ? warnings : [],
        stages: { model: 1 },
        ...(typeof change === "function" ? change(pairs) : change),
      };
    },
    close: vi.fn(async () => {}),
  };
  return { scorer, calls, options };
}

const scoreOf = (query: string, { title = "", text }: Document) =>
  Math.sin(query.length + 7 * title.length + [...text].reduce((sum, c) => 31 * sum + c.charCodeAt(0), 7));

const pairsOf = (...texts: string[]) => texts.map((text) => ({ query: "q", document: { text } }));
const plain = ({ stages: _, ...result }: ScoreResult) => result;

describe("cachedScorer", () => {
  it("scores only what it does not know", async () => {
    const { scorer, calls } = fakeScorer();
    const cached = cachedScorer(scorer, { store: memoryStore() });
    const first = await cached.score(pairsOf("a", "b"));
    expect([first.cacheHits, first.tokens]).toEqual([0, 20]);
    const second = await cached.score(pairsOf("b", "new", "a"));
    expect([second.cacheHits, second.tokens, Object.keys(second.stages!)]).toEqual([
      2,
      10,
      ["cache", "model"],
    ]);
    expect(calls).toEqual([["a", "b"], ["new"]]);
    const third = await cached.score(pairsOf("a"));
    expect([third.cacheHits, third.tokens, Object.keys(third.stages!)]).toEqual([1, 0, ["cache"]]);
    expect(calls).toHaveLength(2);
  });

  it("counts hits in the usage of a reranker", async () => {
    const reranker = pointwise(cachedScorer(fakeScorer().scorer, { store: memoryStore() }));
    const usage = async (...documents: string[]) => (await reranker.rerank({ query: "q", documents })).usage;
    expect(await usage("a", "b")).toEqual({ pairs: 2, tokens: 20, calls: 0, cacheHits: 0 });
    expect(await usage("a", "b", "c", "a")).toEqual({ pairs: 1, tokens: 10, calls: 0, cacheHits: 2 });
  });

  it("gives the same results as without it, bit by bit", async () => {
    const text = fc.constantFrom("", "a", "bb", "too long", "longer still", "zz");
    const document = fc.record({ text, title: fc.option(fc.constantFrom("", "t"), { nil: undefined }) });
    const requests = fc.array(
      fc.record({
        query: fc.constantFrom("q", "other query"),
        documents: fc.array(document, { minLength: 1, maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(requests, async (all) => {
        const alone = pointwise(fakeScorer().scorer);
        const cached = pointwise(cachedScorer(fakeScorer().scorer, { store: memoryStore() }));
        for (const request of all) {
          const [a, b] = [await alone.rerank(request), await cached.rerank(request)];
          expect(b.results).toEqual(a.results);
          const concerned = ({ warnings }: typeof a) =>
            warnings.map(({ code, documents }) => [code, documents]);
          expect(concerned(b)).toEqual(concerned(a));
          expect(b.usage.pairs + b.usage.cacheHits!).toBe(a.usage.pairs);
        }
      }),
    );
  });

  it("says of pairs that it knew what was said of them first", async () => {
    const cached = cachedScorer(fakeScorer().scorer, { store: memoryStore() });
    const message = async (...texts: string[]) => (await cached.score(pairsOf(...texts))).warnings;
    expect(await message("short", "too long")).toEqual([
      { code: "truncated", message: "cut", documents: [1] },
    ]);
    expect(await message("too long", "another long one", "x")).toEqual([
      {
        code: "truncated",
        message: "2 of 3 documents did not fit into the model's limit; windows read long documents whole",
        documents: [0, 1],
      },
    ]);
    expect(await message("short")).toEqual([]);
  });

  it("never keeps what a deadline left unscored", async () => {
    const { scorer, calls } = fakeScorer((pairs) => (pairs.length > 1 ? { unscored: [1] } : {}));
    const cached = cachedScorer(scorer, { store: memoryStore() });
    expect((await cached.score(pairsOf("a", "b"))).unscored).toEqual([1]);
    const second = await cached.score(pairsOf("a", "b"));
    expect([second.cacheHits, second.unscored]).toEqual([1, []]);
    expect(calls).toEqual([["a", "b"], ["b"]]);
  });

  it("keeps no score whose warning it could not give again", async () => {
    const warnings: Warning[] = [{ code: "not_applied", message: "something", documents: [0] }];
    const { scorer, calls } = fakeScorer({ warnings });
    const cached = cachedScorer(scorer, { store: memoryStore() });
    await cached.score(pairsOf("a", "b"));
    await cached.score(pairsOf("a", "b"));
    expect(calls[1]).toEqual(["a"]);
    const whole = fakeScorer({ warnings: [{ code: "not_applied", message: "all" }] });
    const other = cachedScorer(whole.scorer, { store: memoryStore() });
    await other.score(pairsOf("a"));
    await other.score(pairsOf("a"));
    expect(whole.calls).toHaveLength(2);
  });

  it("knows scores without evidence", async () => {
    const cached = cachedScorer(fakeScorer({ evidence: undefined }).scorer, { store: memoryStore() });
    await cached.score(pairsOf("a"));
    const result = await cached.score(pairsOf("a"));
    expect(plain(result)).toEqual({
      ...{ scores: Float64Array.of(scoreOf("q", { text: "a" })), unscored: [], tokens: 0, warnings: [] },
      cacheHits: 1,
    });
  });

  it("hands on options, counts progress with hits, and tells the scorer's load", async () => {
    const { scorer, options } = fakeScorer();
    const cached = cachedScorer(scorer, { store: memoryStore() });
    const { signal } = new AbortController();
    const onProgress = vi.fn();
    await cached.score(pairsOf("a"));
    await cached.score(pairsOf("a", "b", "c"), { signal, deadline: 9e9, priority: 2, onProgress });
    expect(options[1]).toMatchObject({ signal, deadline: 9e9, priority: 2 });
    await cached.score(pairsOf("a", "b"), { onProgress });
    expect(onProgress.mock.calls).toEqual([
      [3, 3],
      [2, 2],
    ]);
    expect(cached.load).toBe(scorer.load);
  });

  it("shares a store between models without mixing them up", async () => {
    const store = memoryStore();
    const [one, other] = [fakeScorer(), fakeScorer()];
    await cachedScorer(one.scorer, { store }).score(pairsOf("a"));
    await cachedScorer(other.scorer, { store, fingerprint: "fake 2" }).score(pairsOf("a"));
    expect(other.calls).toEqual([["a"]]);
    await cachedScorer(other.scorer, { store }).score(pairsOf("a"));
    expect(other.calls).toHaveLength(1);
  });

  it("refuses scorers whose scores depend on other candidates, and what is no store", () => {
    expect(() => cachedScorer(lexicalScorer(), { store: memoryStore() })).toThrow(
      "rankwright/lexical does not say what its scores depend on",
    );
    expect(() => cachedScorer(fakeScorer().scorer, { store: {} as ScoreStore })).toThrow("store is {}");
  });

  it("checks what the scorer returned before it keeps it", async () => {
    const store = memoryStore();
    const broken = cachedScorer(fakeScorer({ scores: Float64Array.of(Number.NaN) }).scorer, { store });
    await expect(broken.score(pairsOf("a"))).rejects.toMatchObject({
      code: "NON_FINITE_SCORE",
      field: "pairs[0]",
    });
    expect((await cachedScorer(fakeScorer().scorer, { store }).score(pairsOf("a"))).cacheHits).toBe(0);
  });

  it("waits for writes before it closes, and closes the store where it is its own", async () => {
    let written = () => {};
    const order: string[] = [];
    const store: ScoreStore = {
      getMany: async (keys) => ({ values: keys.map(() => undefined) }),
      setMany: () =>
        new Promise((resolve) => {
          written = () => {
            order.push("written");
            resolve();
          };
        }),
      close: async () => void order.push("store closed"),
    };
    const { scorer } = fakeScorer();
    const own = cachedScorer(scorer, { store, closeStore: true });
    await own.score(pairsOf("a"));
    const closed = own.close().then(() => order.push("closed"));
    await Promise.resolve();
    written();
    await closed;
    expect(order).toEqual(["written", "store closed", "closed"]);
    const shared = cachedScorer(scorer, { store });
    await shared.close();
    expect(order).toHaveLength(3);
  });
});

describe("cachedScorer with a store out of reach", () => {
  const gone = (problem: string): ScoreStore => ({
    getMany: async (keys) => ({ values: keys.map(() => undefined), problem }),
    setMany: async () => {},
    close: async () => {},
  });

  it("scores everything, and warns", async () => {
    const { scorer } = fakeScorer();
    const result = await cachedScorer(scorer, { store: gone("is not connected") }).score(pairsOf("a", "b"));
    expect(result.scores).toEqual((await scorer.score(pairsOf("a", "b"))).scores);
    expect(result.warnings).toEqual([
      {
        code: "cache_unavailable",
        message: "the cache of scores is not connected; 2 of 2 pairs were scored anew",
      },
    ]);
  });

  it("takes a store that throws, or a fingerprint that cannot be had, for one", async () => {
    const broken: ScoreStore = {
      getMany: () => Promise.reject(new Error("secret")),
      setMany: () => {
        throw new Error("secret");
      },
      close: async () => {},
    };
    const { scorer } = fakeScorer();
    const nameless = { ...scorer, fingerprint: () => Promise.reject(new Error("no files")) };
    for (const cached of [
      cachedScorer(scorer, { store: broken }),
      cachedScorer(nameless, { store: memoryStore() }),
    ]) {
      const result = await cached.score(pairsOf("a"));
      expect(result.warnings?.[0]?.message).toBe(
        "the cache of scores could not be asked; 1 of 1 pairs were scored anew",
      );
      await cached.close();
    }
  });

  it("does not hide an abort", async () => {
    const signal = AbortSignal.abort(new Error("left"));
    const cached = cachedScorer(fakeScorer().scorer, { store: memoryStore() });
    await expect(cached.score(pairsOf("a"), { signal })).rejects.toThrow("left");
  });
});
