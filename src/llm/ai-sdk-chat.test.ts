import { APICallError, LoadAPIKeyError, NoSuchModelError } from "ai";
import { MockLanguageModelV3 } from "ai/test";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AiSdkChatOptions, aiSdkChat } from "./ai-sdk-chat.js";
import type { ChatRequest } from "./chat-model.js";
import { FakeClock } from "./testing/fake-clock.js";

const ASK: ChatRequest = {
  messages: [
    { role: "system", content: "You rank." },
    { role: "user", content: "[1] or [2]?" },
    { role: "assistant", content: "[1]" },
    { role: "user", content: "Sure?" },
  ],
};

type Result = Awaited<ReturnType<MockLanguageModelV3["doGenerate"]>>;

const RESULT: Result = {
  content: [
    { type: "reasoning", text: "hm" },
    { type: "text", text: "[2] > " },
    { type: "text", text: "[1]" },
  ],
  finishReason: { unified: "stop", raw: "stop" },
  usage: {
    inputTokens: { total: 40, noCache: 30, cacheRead: 10, cacheWrite: undefined },
    outputTokens: { total: 9, text: 7, reasoning: 2 },
  },
  response: { modelId: "model-2024-07-18" },
  warnings: [],
};

let models = 0;

/** Gives the results in turn, the last one for ever; errors are thrown. */
function scene(results: readonly unknown[], options: AiSdkChatOptions = {}) {
  let next = 0;
  const mock = new MockLanguageModelV3({
    provider: "openai.chat",
    modelId: `model-${models++}`,
    doGenerate: async () => {
      const result = results[Math.min(next++, results.length - 1)];
      if (result instanceof Error) throw result;
      return result as Result;
    },
  });
  return { mock, model: aiSdkChat(mock, { clock: FakeClock.impatient(), ...options }) };
}

function refusal(statusCode: number, message: string, headers: Record<string, string> = {}): APICallError {
  return new APICallError({
    message,
    url: "https://llm.example",
    requestBodyValues: { prompt: "private" },
    statusCode,
    responseHeaders: headers,
    responseBody: JSON.stringify({ error: { message } }),
  });
}

describe("aiSdkChat", () => {
  it("asks in the SDK's words and reads the answer", async () => {
    const { mock, model } = scene([RESULT], { headers: { "x-team": "search" }, contextTokens: 8000 });
    const answer = await model.chat({
      ...ASK,
      maxTokens: 50,
      seed: 7,
      stop: ["\n\n"],
      topLogprobs: 5,
      schema: { name: "ranking", schema: { type: "object" } },
    });
    expect(answer).toEqual({
      text: "[2] > [1]",
      finish: "stop",
      usage: { promptTokens: 40, completionTokens: 9, cachedTokens: 10 },
      model: "model-2024-07-18",
      latencyMs: expect.any(Number),
      attempts: 1,
      unaccounted: 0,
    });
    expect([model.id, model.contextTokens]).toEqual([mock.modelId, 8000]);
    expect(mock.doGenerateCalls).toEqual([
      {
        prompt: [
          { role: "system", content: "You rank." },
          { role: "user", content: [{ type: "text", text: "[1] or [2]?" }] },
          { role: "assistant", content: [{ type: "text", text: "[1]" }] },
          { role: "user", content: [{ type: "text", text: "Sure?" }] },
        ],
        temperature: 0,
        maxOutputTokens: 50,
        seed: 7,
        stopSequences: ["\n\n"],
        responseFormat: { type: "json", name: "ranking", schema: { type: "object" } },
        headers: { "x-team": "search" },
        providerOptions: { openai: { logprobs: 5 } },
        abortSignal: expect.any(AbortSignal),
      },
    ]);
  });

  it("reads models of version 2, whose total alone may count the reasoning", async () => {
    const usage = { inputTokens: 40, outputTokens: 2, totalTokens: 50, cachedInputTokens: 99 };
    const second = {
      specificationVersion: "v2",
      provider: "p",
      modelId: "second",
      doGenerate: async () => ({
        content: [{ type: "text", text: "x" }],
        finishReason: "content-filter",
        usage,
      }),
    };
    expect(await aiSdkChat(second).chat(ASK)).toMatchObject({
      text: "x",
      finish: "content_filter",
      usage: { promptTokens: 40, completionTokens: 10, cachedTokens: 40 },
      model: "second",
    });
  });

  it("leaves usage out that the provider does not tell", async () => {
    const usage = { inputTokens: { total: undefined }, outputTokens: { total: undefined } };
    const { model } = scene([{ ...RESULT, usage }]);
    expect(await model.chat(ASK)).not.toHaveProperty("usage");
  });

  it("reads log probabilities, in one list or one for each part", async () => {
    const token = { token: "yes", logprob: -0.1, top_logprobs: [{ token: "no", logprob: -2 }] };
    const read = [{ token: "yes", logprob: -0.1, top: [{ token: "no", logprob: -2 }] }];
    for (const logprobs of [[token], [[token]]]) {
      const { model } = scene([{ ...RESULT, providerMetadata: { openai: { logprobs } } }]);
      expect((await model.chat({ ...ASK, topLogprobs: 0 })).logprobs).toEqual(read);
    }
  });

  it("tries again as openAiChat does, and says what went wrong without the prompt", async () => {
    const { model, mock } = scene([refusal(429, "slow down", { "retry-after": "2" }), RESULT]);
    expect(await model.chat(ASK)).toMatchObject({ text: "[2] > [1]", attempts: 2 });
    expect(mock.doGenerateCalls).toHaveLength(2);
    const wrong = scene([refusal(401, "wrong key sk-live-12345678")]);
    const error = await wrong.model.chat(ASK).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "REMOTE_UNAUTHORIZED", attempts: 1 });
    expect(error.message).toMatch(/^openai\.chat\/model-\d+ answered 401, saying "wrong key \*\*\*"/);
    expect(JSON.stringify(error)).not.toContain("private");
  });

  it.each([
    [refusal(400, "This model's maximum context length is 8 tokens"), "CONTEXT_EXCEEDED"],
    [refusal(404, "no such model"), "REMOTE_NOT_FOUND"],
    [refusal(200, "Invalid JSON response"), "REMOTE_BAD_RESPONSE"],
    [new LoadAPIKeyError({ message: "no key" }), "REMOTE_UNAUTHORIZED"],
    [new NoSuchModelError({ modelId: "m", modelType: "languageModel" }), "REMOTE_NOT_FOUND"],
    [new TypeError("fetch failed", { cause: { code: "ECONNRESET" } }), "REMOTE_UNAVAILABLE"],
  ])("maps %s to %s", async (thrown, code) => {
    await expect(scene([thrown], { retries: 1 }).model.chat(ASK)).rejects.toMatchObject({ code });
  });

  it("does not take the name of a method for a reason to finish", async () => {
    const { model } = scene([{ ...RESULT, finishReason: "toString" }]);
    expect((await model.chat(ASK)).finish).toBe("other");
  });

  it("takes a refused prompt for an answer", async () => {
    const { model } = scene([refusal(400, "blocked by the content management policy")]);
    expect(await model.chat(ASK)).toMatchObject({ text: "", finish: "content_filter", unaccounted: 0 });
  });

  it("stops with the signal and the deadline", async () => {
    const never = {
      specificationVersion: "v3",
      provider: "p",
      modelId: "never",
      doGenerate: () => new Promise(() => {}),
    };
    const model = aiSdkChat(never as never);
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 10);
    await expect(model.chat(ASK, { signal: controller.signal })).rejects.toMatchObject({
      code: "ABORTED",
      cause: "enough",
    });
    await expect(model.chat(ASK, { deadline: performance.now() + 10 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
  });

  it("refuses what is no language model", () => {
    for (const wrong of [
      undefined,
      "gpt-4o",
      {},
      { ...new MockLanguageModelV3(), specificationVersion: "v1" },
    ]) {
      expect(() => aiSdkChat(wrong as never)).toThrow(
        expect.objectContaining({ code: "INVALID_OPTION", field: "model" }),
      );
    }
  });

  it("makes an answer or a typed error of any result", async () => {
    const result = fc.record({
      content: fc.oneof(
        fc.jsonValue(),
        fc.array(fc.record({ type: fc.constant("text"), text: fc.jsonValue() })),
      ),
      finishReason: fc.jsonValue(),
      usage: fc.oneof(
        fc.jsonValue(),
        fc.record({ inputTokens: fc.jsonValue(), outputTokens: fc.jsonValue() }),
      ),
      response: fc.jsonValue(),
      providerMetadata: fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.anything(), result), async (told) => {
        const doGenerate = async () => told;
        const model = aiSdkChat({ specificationVersion: "v3", provider: "p", modelId: "fuzz", doGenerate });
        const answer = await model.chat(ASK).catch((error) => error);
        if (answer instanceof Error) expect(answer).toMatchObject({ code: "REMOTE_BAD_RESPONSE" });
        else expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      }),
      { numRuns: 200 },
    );
  });
});
