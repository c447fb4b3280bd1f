import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatRequest } from "./chat-model.js";
import type { RemoteFailure } from "./http/remote-failure.js";
import { type OpenAiChatOptions, openAiChat } from "./openai-chat.js";
import { FakeClock } from "./testing/fake-clock.js";
import { fakeEndpoint, type Received, type Replies, type Reply } from "./testing/fake-endpoint.js";

const ASK: ChatRequest = {
  messages: [
    { role: "system", content: "You rank." },
    { role: "user", content: "[1] or [2]?" },
  ],
};

/** An answer as OpenAI gives it. */
function completion(content: string | null = "[2] > [1]", more: object = {}, choice: object = {}): Reply {
  return {
    body: {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "model-2024-07-18",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content, refusal: null },
          finish_reason: "stop",
          ...choice,
        },
      ],
      usage: { prompt_tokens: 40, completion_tokens: 7, total_tokens: 47 },
      ...more,
    },
  };
}

async function scene(replies: Replies, options: Partial<OpenAiChatOptions> = {}) {
  const server = await fakeEndpoint(...replies);
  const clock = FakeClock.impatient({ now: performance.now() });
  const model = openAiChat({ model: "model", baseUrl: server.baseUrl, env: {}, clock, ...options });
  const fail = (request = ASK): Promise<RemoteFailure> =>
    model.chat(request).then(
      () => expect.unreachable("it answered"),
      (error) => error,
    );
  return { ...server, model, fail };
}

describe("openAiChat", () => {
  it("asks as OpenAI wants it and reads the answer", async () => {
    const { model, received } = await scene([completion()]);
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
      usage: { promptTokens: 40, completionTokens: 7 },
      model: "model-2024-07-18",
      latencyMs: expect.any(Number),
      attempts: 1,
      unaccounted: 0,
    });
    expect(received[0]?.path).toBe("/v1/chat/completions");
    expect(received[0]?.headers.authorization).toBeUndefined();
    expect(received[0]?.body).toEqual({
      model: "model",
      messages: ASK.messages,
      temperature: 0,
      max_tokens: 50,
      seed: 7,
      stop: ["\n\n"],
      logprobs: true,
      top_logprobs: 5,
      response_format: {
        type: "json_schema",
        json_schema: { name: "ranking", schema: { type: "object" }, strict: true },
      },
    });
  });

  it("sends no more than it is asked, plus what the caller adds", async () => {
    const { model, received } = await scene([completion()], {
      extraBody: { reasoning_effort: "low", temperature: 1 },
    });
    await model.chat({ messages: [{ role: "user", content: "half a \ud83d pair" }] });
    expect(received[0]?.body).toEqual({
      model: "model",
      messages: [{ role: "user", content: "half a \ufffd pair" }],
      temperature: 1,
      reasoning_effort: "low",
    });
  });

  it("reads log probabilities, most probable first, and never more than 0", async () => {
    const content = [
      {
        token: "yes",
        logprob: 1e-9,
        bytes: [121],
        top_logprobs: [
          { token: "no", logprob: -3 },
          { token: "yes", logprob: -0.1 },
          { token: "maybe", logprob: null },
        ],
      },
      { token: "!", logprob: null },
    ];
    const { model } = await scene([completion("yes!", {}, { logprobs: { content, refusal: null } })]);
    expect((await model.chat(ASK)).logprobs).toEqual([
      {
        token: "yes",
        logprob: 0,
        top: [
          { token: "yes", logprob: -0.1 },
          { token: "no", logprob: -3 },
          { token: "maybe", logprob: -9999 },
        ],
      },
      { token: "!", logprob: -9999, top: [] },
    ]);
  });

  it("reads log probabilities in columns, as in older completions", async () => {
    const logprobs = { tokens: ["yes"], token_logprobs: [-0.5], top_logprobs: [{ no: -1, yes: -0.5 }] };
    const { model } = await scene([completion("yes", {}, { logprobs })]);
    expect((await model.chat(ASK)).logprobs).toEqual([
      {
        token: "yes",
        logprob: -0.5,
        top: [
          { token: "yes", logprob: -0.5 },
          { token: "no", logprob: -1 },
        ],
      },
    ]);
  });

  it.each([
    [
      { prompt_tokens: 9, completion_tokens: 2 },
      { promptTokens: 9, completionTokens: 2 },
    ],
    [
      { prompt_tokens: 9, total_tokens: 12 },
      { promptTokens: 9, completionTokens: 3 },
    ],
    // The total alone counts the model's reasoning.
    [
      { prompt_tokens: 9, completion_tokens: 2, total_tokens: 99 },
      { promptTokens: 9, completionTokens: 90 },
    ],
    [
      { prompt_tokens: 9, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 8 } },
      { promptTokens: 9, completionTokens: 2, cachedTokens: 8 },
    ],
    [
      { prompt_tokens: 9, completion_tokens: 2, prompt_cache_hit_tokens: 99 },
      { promptTokens: 9, completionTokens: 2, cachedTokens: 9 },
    ],
    [undefined, undefined],
    [null, undefined],
    [{ prompt_tokens: 9 }, undefined],
    [{ prompt_tokens: "9", completion_tokens: 2 }, undefined],
    [{ prompt_tokens: -9, completion_tokens: 2 }, undefined],
    [{ prompt_tokens: 9, total_tokens: 2 }, undefined],
  ])("reads usage %j as %j", async (usage, expected) => {
    const { model } = await scene([completion("x", { usage })]);
    expect((await model.chat(ASK)).usage).toEqual(expected);
  });

  it.each([
    ["stop", "stop"],
    ["eos", "stop"],
    ["length", "length"],
    ["model_length", "length"],
    ["content_filter", "content_filter"],
    ["tool_calls", "other"],
    ["constructor", "other"],
    [null, "other"],
  ])("takes finish_reason %s for %s", async (finish_reason, finish) => {
    const { model } = await scene([completion("x", {}, { finish_reason })]);
    expect((await model.chat(ASK)).finish).toBe(finish);
  });

  it("gives refusals, empty answers and answers in parts", async () => {
    const refusal = { message: { content: null, refusal: "I cannot." } };
    const thought = { type: "thinking", thinking: [{ type: "text", text: "hm" }] };
    const parts = [thought, { type: "text", text: "[1]" }, { type: "text", text: " > [2]" }];
    const { model } = await scene([
      completion(null, {}, refusal),
      completion(null, {}, { finish_reason: "length" }),
      completion(null, {}, { message: { content: parts } }),
      completion("<think>[2]?</think>[1]"),
    ]);
    expect(await model.chat(ASK)).toMatchObject({ text: "", refusal: "I cannot." });
    expect(await model.chat(ASK)).toMatchObject({ text: "", finish: "length" });
    expect(await model.chat(ASK)).toMatchObject({ text: "[1] > [2]" });
    expect(await model.chat(ASK)).toMatchObject({ text: "<think>[2]?</think>[1]" });
  });

  it("takes a prompt that a filter refuses for an answer of unknown usage", async () => {
    const body = { error: { message: "The prompt was filtered.", code: "content_filter" } };
    const { model } = await scene([{ status: 400, body }]);
    expect(await model.chat(ASK)).toEqual({
      text: "",
      finish: "content_filter",
      refusal: expect.stringContaining("The prompt was filtered."),
      model: "model",
      latencyMs: expect.any(Number),
      attempts: 1,
      unaccounted: 0,
    });
  });

  it("ends answers where they should end, whatever the server thinks", async () => {
    const { model } = await scene([completion("[1]\nbecause", {}, { finish_reason: "length" })]);
    expect(await model.chat({ ...ASK, stop: ["###", "\n"] })).toMatchObject({ text: "[1]", finish: "stop" });
  });

  it("knows errors that come with status 200", async () => {
    const late = { body: { error: { message: "Provider returned error", code: 502 } } };
    const within = completion(null, {}, { finish_reason: "error", error: { code: 429, message: "slow" } });
    const { model } = await scene([late, within, completion()]);
    expect(await model.chat(ASK)).toMatchObject({ text: "[2] > [1]", attempts: 3 });
    const { fail } = await scene([
      { body: { error: { code: 400, message: "too long", type: "exceed_context_size_error" } } },
    ]);
    expect(await fail()).toMatchObject({ code: "CONTEXT_EXCEEDED", attempts: 1 });
  });

  it.each([
    ["no object", "[]"],
    ["no choices", { choices: [] }],
    ["no message", { choices: [{ text: "legacy" }] }],
    ["content of another kind", { choices: [{ message: { content: 7 } }] }],
  ])("refuses %s, which may be billed", async (_, body) => {
    const { fail } = await scene([{ body }]);
    expect(await fail()).toMatchObject({ code: "REMOTE_BAD_RESPONSE", attempts: 1, unaccounted: 1 });
  });

  it("refuses requests and options that nobody can mean", async () => {
    const model = openAiChat({ model: "m", env: {} });
    for (const [field, value] of [
      ["messages", []],
      ["messages", [{ role: "robot", content: "" }]],
      ["temperature", -1],
      ["maxTokens", 0],
      ["seed", 1.5],
      ["stop", [""]],
      ["topLogprobs", 21],
      ["schema", { name: "with space", schema: {} }],
    ]) {
      const request = { ...ASK, [field as string]: value };
      await expect(model.chat(request)).rejects.toMatchObject({ code: "INVALID_OPTION", field });
    }
    expect(() => openAiChat({ model: "" })).toThrow(expect.objectContaining({ field: "model" }));
    expect(() => openAiChat({ model: "m", contextTokens: 0 })).toThrow(/contextTokens/);
    expect(() => openAiChat({ model: "m", extraBody: { stream: true } })).toThrow(/answers come whole/);
  });

  it("makes an answer or a typed error of any JSON, and never NaN", async () => {
    const usage = fc.record({ prompt_tokens: fc.jsonValue(), completion_tokens: fc.jsonValue() });
    const logprobs = fc.record({
      content: fc.array(fc.record({ token: fc.jsonValue(), logprob: fc.jsonValue() })),
    });
    const choice = fc.record({
      message: fc.oneof(fc.jsonValue(), fc.record({ content: fc.jsonValue(), refusal: fc.jsonValue() })),
      finish_reason: fc.jsonValue(),
      logprobs: fc.oneof(fc.jsonValue(), logprobs),
    });
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({
        model: fc.jsonValue(),
        choices: fc.oneof(fc.jsonValue(), fc.array(choice)),
        usage: fc.oneof(fc.jsonValue(), usage),
      }),
    );
    await fc.assert(
      fc.asyncProperty(json, async (body) => {
        const fetch = async () => new Response(JSON.stringify(body));
        const clock = FakeClock.impatient();
        const model = openAiChat({ model: "m", baseUrl: "http://fuzz", env: {}, retries: 0, fetch, clock });
        const answer = await model.chat(ASK).catch((error) => error);
        if (answer instanceof Error) {
          expect(answer).toMatchObject({ code: expect.stringMatching(/^(REMOTE_|CONTEXT_EXCEEDED)/) });
          return;
        }
        expect(typeof answer.text).toBe("string");
        expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      }),
      { numRuns: 300 },
    );
  });
});

describe("openAiChat with a server that knows less", () => {
  /** Refuses fields as OpenAI's reasoning models do. */
  const refusing =
    (...fields: readonly string[]) =>
    ({ body }: Received): Reply => {
      const field = fields.find((name) => name in body);
      if (field === undefined) return completion();
      const message =
        field === "temperature"
          ? "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."
          : `Unsupported parameter: '${field}' is not supported with this model.`;
      return {
        status: 400,
        body: {
          error: { message, type: "invalid_request_error", param: field, code: "unsupported_parameter" },
        },
      };
    };
  const FULL: ChatRequest = {
    ...ASK,
    maxTokens: 9,
    seed: 1,
    stop: ["x"],
    topLogprobs: 20,
    schema: { name: "s", schema: {} },
  };

  it("says the limit in the other way, and does so from then on", async () => {
    const { model, received } = await scene([refusing("max_tokens", "temperature")]);
    expect(await model.chat({ ...ASK, maxTokens: 9 })).toMatchObject({ text: "[2] > [1]", attempts: 3 });
    expect(await model.chat({ ...ASK, maxTokens: 9 })).toMatchObject({ attempts: 1 });
    expect(received).toHaveLength(4);
    expect(received[3]?.body).toEqual({ model: "model", messages: ASK.messages, max_completion_tokens: 9 });
  });

  it("does without everything that can be done without", async () => {
    const fields = ["max_tokens", "temperature", "seed", "stop", "logprobs", "response_format"];
    const { model, received } = await scene([refusing(...fields)]);
    // Log probabilities are asked for thrice, with fewer alternatives, and a schema in two ways.
    expect(await model.chat(FULL)).toMatchObject({ text: "[2] > [1]", attempts: 9 });
    expect(received[8]?.body).toEqual({ model: "model", messages: ASK.messages, max_completion_tokens: 9 });
    expect(await model.chat(FULL)).toMatchObject({ attempts: 1 });
  });

  it("asks for as many alternatives as the server gives", async () => {
    const few = ({ body }: Received): Reply =>
      body.top_logprobs > 5
        ? {
            status: 400,
            body: { error: "Requested sample logprobs of 20, which is greater than max allowed: 5" },
          }
        : completion();
    const { model, received } = await scene([few]);
    expect(await model.chat(FULL)).toMatchObject({ attempts: 2 });
    expect(received[1]?.body).toMatchObject({ logprobs: true, top_logprobs: 5 });
  });

  it("falls from a schema to JSON", async () => {
    const json = ({ body }: Received): Reply =>
      body.response_format.type === "json_schema"
        ? { status: 400, body: { error: { message: "This response_format type is unavailable now" } } }
        : completion();
    const { model, received } = await scene([json]);
    expect(await model.chat(FULL)).toMatchObject({ attempts: 2 });
    expect(received[1]?.body.response_format).toEqual({ type: "json_object" });
  });

  it("puts the system's words before the user's where there is no such role", async () => {
    const roles = ({ body }: Received): Reply =>
      body.messages[0].role === "system"
        ? { status: 400, body: { message: "System role not supported" } }
        : completion();
    const { model, received } = await scene([roles]);
    await model.chat(ASK);
    expect(received[1]?.body.messages).toEqual([{ role: "user", content: "You rank.\n\n[1] or [2]?" }]);
  });

  it("forgets what did not help", async () => {
    const { model, received, fail } = await scene([
      { status: 400, body: { error: { message: "logprobs: internal failure", code: "bad" } } },
      { status: 400, body: { error: { message: "still bad" } } },
      completion(),
    ]);
    expect(await fail({ ...ASK, topLogprobs: 2 })).toMatchObject({ code: "REMOTE_REJECTED", attempts: 2 });
    await model.chat({ ...ASK, topLogprobs: 2 });
    expect(received[2]?.body).toMatchObject({ top_logprobs: 2 });
  });

  it("leaves a refusal alone that has nothing to do with fields, or only with a value", async () => {
    for (const message of [
      "max_tokens is too large: 9. This model supports at most 5 completion tokens",
      "temperature must be between 0 and 2",
      "quota of the project",
    ]) {
      const { fail, received } = await scene([{ status: 400, body: { error: { message } } }]);
      expect(await fail(FULL)).toMatchObject({ code: "REMOTE_REJECTED", attempts: 1 });
      expect(received).toHaveLength(1);
    }
  });

  it("asks once more for each call that was under way, and never loses what it learned", async () => {
    const { model, received } = await scene([refusing("max_tokens", "temperature")], { concurrency: 4 });
    const request = { ...ASK, maxTokens: 9 };
    await Promise.all([1, 2, 3, 4].map(() => model.chat(request)));
    expect(received.length).toBeLessThanOrEqual(12);
    expect(await model.chat(request)).toMatchObject({ attempts: 1 });
  });
});

describe("the key", () => {
  const env = {
    OPENAI_API_KEY: "key-of-openai",
    MISTRAL_API_KEY: "key-of-mistral",
    AZURE_OPENAI_API_KEY: "key-of-azure",
  };

  async function headersFor(options: Partial<OpenAiChatOptions>, more: Record<string, string> = {}) {
    let seen: { url: string; headers: Headers } | undefined;
    const fetch = async (url: string | URL | Request, init?: RequestInit) => {
      seen = { url: String(url), headers: new Headers(init?.headers) };
      return new Response(JSON.stringify(completion().body));
    };
    await openAiChat({ model: "m", env: { ...env, ...more }, fetch, ...options }).chat(ASK);
    return {
      url: seen?.url,
      bearer: seen?.headers.get("authorization"),
      azure: seen?.headers.get("api-key"),
    };
  }

  it("goes to its own vendor only", async () => {
    expect(await headersFor({})).toMatchObject({
      url: "https://api.openai.com/v1/chat/completions",
      bearer: "Bearer key-of-openai",
    });
    expect(await headersFor({ baseUrl: "https://api.mistral.ai" })).toMatchObject({
      url: "https://api.mistral.ai/v1/chat/completions",
      bearer: "Bearer key-of-mistral",
    });
    expect(await headersFor({ baseUrl: "https://me.openai.azure.com/openai/v1" })).toMatchObject({
      bearer: null,
      azure: "key-of-azure",
    });
    for (const baseUrl of ["http://localhost:8000", "https://api.openai.com.evil.example/v1"]) {
      expect(await headersFor({ baseUrl })).toMatchObject({ bearer: null, azure: null });
    }
  });

  it("goes where OPENAI_BASE_URL says, and wherever the caller passes it", async () => {
    const own = { OPENAI_BASE_URL: "http://gateway:4000/v1" };
    expect(await headersFor({}, own)).toMatchObject({
      url: "http://gateway:4000/v1/chat/completions",
      bearer: "Bearer key-of-openai",
    });
    expect(await headersFor({ baseUrl: "http://localhost:1234/v1", apiKey: "mine-own" }, own)).toMatchObject({
      bearer: "Bearer mine-own",
    });
    expect(await headersFor({ apiKey: false })).toMatchObject({ bearer: null });
  });
});
