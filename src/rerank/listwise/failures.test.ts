import { describe, expect, it, vi } from "vitest";
import { noisyJudge } from "../../llm/testing/noisy-judge.js";
import { type Reply, type ScriptedOptions, scriptedModel } from "../../llm/testing/scripted-model.js";
import { type ErrorCode, RankwrightError, type RerankRequest } from "../../types/index.js";
import { listwise } from "./listwise.js";

const documents = Array.from({ length: 40 }, (_, i) => `document worth ${i}`);
const judge = noisyJudge({ worth: (text) => Number(text.split(" ").at(-1)) });
const error = (code: ErrorCode) => new RankwrightError(code, `${code} [3] > [2] > [1] 429`);

/** Three windows: [20, 40), [10, 30), [0, 20). Window `at` gets `reply`, the others a good answer. */
async function withReply(
  at: number,
  reply: Reply,
  options: ScriptedOptions = {},
  more: Partial<RerankRequest> = {},
) {
  const model = scriptedModel((request, index) => (index === at ? reply : judge(request)), options);
  const result = await listwise(model).rerank({ query: "q", documents, ...more });
  return { ...result, order: result.results.map(({ index }) => index), requests: model.requests };
}
const scriptOf =
  (...replies: readonly (Reply | "judge")[]) =>
  (request: Parameters<typeof judge>[0], index: number) => {
    const reply = replies[Math.min(index, replies.length - 1)]!;
    return reply === "judge" ? judge(request) : reply;
  };

describe("an answer of no use", () => {
  it.each([
    ["I'm sorry, but I cannot help with that.", "1 refused"],
    [{ text: "[2] > [1]", refusal: "no" }, "1 refused"],
    [{ text: "[2] > [1]", finish: "content_filter" }, "1 refused"],
    ["", "1 empty"],
    ["<think>hmm", "1 truncated"],
    ["Error 429: limit of 60 a minute", "1 wrong_format"],
    [error("REMOTE_TIMEOUT"), "1 REMOTE_TIMEOUT"],
    [error("REMOTE_UNAVAILABLE"), "1 REMOTE_UNAVAILABLE"],
    [error("REMOTE_RATE_LIMITED"), "1 REMOTE_RATE_LIMITED"],
    [error("REMOTE_BAD_RESPONSE"), "1 REMOTE_BAD_RESPONSE"],
    [error("CONTENT_REFUSED"), "1 CONTENT_REFUSED"],
  ] as const)("leaves the window as it was: %j", async (reply, counts) => {
    const { order, warnings, usage, results } = await withReply(0, reply);
    // The last window kept its order, so that its second half stayed where it was.
    expect(order.slice(30)).toEqual([30, 31, 32, 33, 34, 35, 36, 37, 38, 39]);
    expect(order[0]).toBe(29);
    expect(warnings).toEqual([
      {
        code: "window_kept",
        message: `1 of 3 answers were of no use (${counts}); their windows kept the incoming order.`,
      },
    ]);
    expect(usage.calls).toBe(3);
    expect(results.every(({ scored }) => scored)).toBe(true);
  });

  it("is told apart from one that was repaired", async () => {
    const { warnings } = await withReply(1, "Sure: [2] > [2] > [1]");
    expect(warnings).toEqual([
      { code: "answers_repaired", message: "1 of 3 answers were repaired (1 wrong_format)." },
    ]);
  });
});

describe("what ends a request", () => {
  it.each(["REMOTE_UNAUTHORIZED", "REMOTE_NOT_FOUND", "INVALID_OPTION"] as const)(
    "%s is thrown",
    async (code) => {
      await expect(withReply(0, error(code))).rejects.toMatchObject({ code });
      await expect(withReply(2, error(code))).rejects.toMatchObject({ code });
    },
  );

  it("an error that is none of ours is thrown", async () => {
    await expect(withReply(1, new TypeError("x is not a function"))).rejects.toThrow(TypeError);
  });

  it("a budget returns the best ranking so far", async () => {
    const { order, warnings, results, usage } = await withReply(1, error("BUDGET_EXCEEDED"));
    expect(usage.calls).toBe(1);
    expect(order.slice(0, 21)).toEqual([...Array.from({ length: 20 }, (_, i) => i), 39]);
    expect(warnings).toEqual([
      {
        code: "budget",
        message:
          "The budget ran out after 1 answer; the ranking is the best one known, and 20 of 40 documents were never read.",
        documents: Array.from({ length: 20 }, (_, i) => i),
      },
    ]);
    expect(results.map(({ scored }) => scored)).toEqual([...Array(20).fill(false), ...Array(20).fill(true)]);
  });

  it("a budget of nothing returns the order given, and says so", async () => {
    const { order, warnings, usage, results } = await withReply(0, error("BUDGET_EXCEEDED"));
    expect(order).toEqual(documents.map((_, i) => i));
    expect(usage).toEqual({ pairs: 0, tokens: 0, calls: 0 });
    expect(warnings.map(({ code }) => code)).toEqual(["budget"]);
    expect(results.some(({ scored }) => scored)).toBe(false);
  });

  it("a server that is down is asked three times, and its error is thrown", async () => {
    const model = scriptedModel([error("REMOTE_UNAVAILABLE"), error("REMOTE_TIMEOUT")]);
    const many = Array.from({ length: 200 }, (_, i) => `document ${i}`);
    await expect(listwise(model).rerank({ query: "q", documents: many })).rejects.toMatchObject({
      code: "REMOTE_UNAVAILABLE",
    });
    expect(model.requests).toHaveLength(3);
  });

  it("a server that breaks down half-way leaves the best ranking so far", async () => {
    const model = scriptedModel(scriptOf("judge", error("REMOTE_UNAVAILABLE")));
    const many = Array.from({ length: 200 }, (_, i) => `document worth ${i}`);
    const { warnings, results } = await listwise(model).rerank({ query: "q", documents: many });
    expect(model.requests).toHaveLength(4);
    expect(results.findIndex(({ index }) => index === 199)).toBe(180);
    expect(warnings.map(({ code }) => code)).toEqual(["window_kept", "outage"]);
    expect(warnings[1]?.message).toMatch(
      /^Calls failed one after the other after 1 answer;.* 180 of 200 documents/,
    );
  });

  it("answers that are all refused are no failure: the order stays", async () => {
    const model = scriptedModel([error("CONTENT_REFUSED")]);
    const { warnings, results } = await listwise(model).rerank({ query: "q", documents });
    expect(results.map(({ index }) => index)).toEqual(documents.map((_, i) => i));
    expect(warnings[0]?.message).toContain("3 of 3 answers were of no use (3 CONTENT_REFUSED)");
  });
});

describe("time", () => {
  it("that is over leaves the best ranking so far, whether the model cares or not", async () => {
    for (const deaf of [false, true]) {
      const latencyMs = (index: number) => (index === 0 ? 1 : Number.POSITIVE_INFINITY);
      const model = scriptedModel(judge, { latencyMs, deaf });
      const started = performance.now();
      const { results, warnings, usage } = await listwise(model).rerank({
        query: "q",
        documents,
        deadlineMs: 120,
      });
      expect(performance.now() - started).toBeLessThan(2000);
      expect(results[20]).toMatchObject({ index: 39, scored: true });
      expect(results[0]).toMatchObject({ index: 0, scored: false });
      expect(warnings).toMatchObject([
        { code: "deadline", documents: Array.from({ length: 20 }, (_, i) => i) },
      ]);
      // What the call that was left cost is not known.
      expect(usage).toEqual({ pairs: 20, tokens: 0, calls: 2 });
    }
  });

  it("of nothing asks nothing", async () => {
    const { warnings, requests, order } = await withReply(0, "", {}, { deadlineMs: 0 });
    expect(requests).toHaveLength(0);
    expect(order[0]).toBe(0);
    expect(warnings.map(({ code }) => code)).toEqual(["deadline"]);
  });

  it("is not wasted after an abort, and no further call is made", async () => {
    for (const deaf of [false, true]) {
      const controller = new AbortController();
      const model = scriptedModel(judge, { latencyMs: 60, deaf });
      const work = listwise(model).rerank({ query: "q", documents, signal: controller.signal });
      setTimeout(() => controller.abort(new Error("enough")), 20);
      await expect(work).rejects.toMatchObject({ code: "ABORTED", cause: { message: "enough" } });
      await new Promise((resolve) => setTimeout(resolve, 120));
      expect(model.requests).toHaveLength(1);
    }
  });
});

describe("a prompt that is too long", () => {
  const long = documents.map((text) => ({ text: `${"many words ".repeat(150)}${text}` }));

  it("fits the context that the model tells, with a warning", async () => {
    const model = scriptedModel(judge, { contextTokens: 2000 });
    const { warnings } = await listwise(model, { documentWords: 200 }).rerank({
      query: "q",
      documents: long,
    });
    const [request] = model.requests;
    expect(request?.maxTokens).toBeLessThan(2000);
    expect(warnings.map(({ code }) => code)).toEqual(["truncated"]);
    expect(warnings[0]?.documents).toHaveLength(40);
    expect(warnings[0]?.message).toMatch(/^40 of 40 documents were cut, to \d+ words or more\.$/);
  });

  it("is halved and asked again where the server calls it too long, and stays so", async () => {
    let words = 0;
    const model = scriptedModel((request) => {
      words = Math.max(...request.messages.map(({ content }) => content.split(" ").length));
      return words > 100 ? error("CONTEXT_EXCEEDED") : judge(request);
    });
    const { warnings, usage } = await listwise(model).rerank({ query: "q", documents: long });
    // 300 words, 150, 75, then two windows with 75.
    expect(usage.calls).toBe(5);
    expect(words).toBe(76);
    expect(warnings.map(({ code }) => code)).toEqual(["truncated"]);
  });

  it("is given up after three halvings", async () => {
    const model = scriptedModel([error("CONTEXT_EXCEEDED")]);
    await expect(listwise(model).rerank({ query: "q", documents: long })).rejects.toMatchObject({
      code: "CONTEXT_EXCEEDED",
    });
    // The first window four times, two more once each as far down as it went; then enough.
    expect(model.requests.length).toBeLessThanOrEqual(12);
  });

  it("is not sent where nothing can fit", async () => {
    const model = scriptedModel(judge, { contextTokens: 300 });
    await expect(listwise(model).rerank({ query: "q", documents: long })).rejects.toMatchObject({
      code: "CONTEXT_EXCEEDED",
      message: expect.stringContaining("ask about fewer documents at once"),
    });
    expect(model.requests).toHaveLength(0);
  });
});

describe("a caller is told", () => {
  it("how far it is", async () => {
    const onProgress = vi.fn();
    await withReply(9, "", {}, { onProgress });
    expect(onProgress.mock.calls).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it("of usage only what is known", async () => {
    const silent = await withReply(9, "", { silent: true, price: 1 });
    expect(silent.usage).toEqual({ pairs: 40, tokens: 0, calls: 3 });
    const unpriced = await withReply(9, "");
    expect(unpriced.usage).not.toHaveProperty("cost");
    expect(unpriced.usage.promptTokens).toBeGreaterThan(1000);
    const late = await withReply(1, error("REMOTE_TIMEOUT"), { price: 1 });
    expect(late.usage).not.toHaveProperty("cost");
    const refused = await withReply(1, error("REMOTE_RATE_LIMITED"), { price: 1 });
    expect(refused.usage.cost).toBeGreaterThan(0);
  });

  it("of lone surrogates", async () => {
    const { warnings } = await withReply(9, "", {}, { documents: ["a\ud800", "b"] });
    expect(warnings).toMatchObject([{ code: "malformed_text", documents: [0] }]);
  });

  it("that a reranker was closed, after what was under way has ended", async () => {
    const reranker = listwise(scriptedModel(judge, { latencyMs: 10 }));
    let ended = false;
    const work = reranker.rerank({ query: "q", documents }).then(() => {
      ended = true;
    });
    await reranker.close();
    expect(ended).toBe(true);
    await work;
    await expect(reranker.rerank({ query: "q", documents })).rejects.toMatchObject({ code: "CLOSED" });
  });
});
