import { describe, expect, it } from "vitest";
import { refusalFailure } from "./refusal.js";

const PLACE = {
  host: "llm.example",
  address: "https://llm.example/v1/ask",
  keyMend: "pass apiKey",
  redact: (text: string) => text,
};

const refuse = (status: number, body: unknown) =>
  refusalFailure({ status, headers: new Headers(), body: JSON.stringify(body) }, PLACE);

/** As servers are known to word it. */
const TOO_LONG: readonly (readonly [string, number, unknown])[] = [
  [
    "Pinecone",
    400,
    {
      status: 400,
      error: {
        code: "INVALID_ARGUMENT",
        message:
          "Request contains a query+document pair with 1100 tokens, which exceeds the maximum token limit of 1024",
      },
    },
  ],
  [
    "OpenAI",
    400,
    {
      error: {
        message: "This model's maximum context length is 4097 tokens. However, you requested 4231 tokens.",
        type: "invalid_request_error",
        param: "messages",
        code: "context_length_exceeded",
      },
    },
  ],
  ["OpenAI, newer", 400, { error: { message: "Your input exceeds the context window of this model." } }],
  [
    "vLLM",
    400,
    {
      error: {
        message: "This model's maximum context length is 512 tokens. Please reduce the length.",
        type: "BadRequestError",
        param: "input_tokens",
        code: 400,
      },
    },
  ],
  [
    "llama.cpp",
    400,
    {
      error: {
        code: 400,
        message: "the request exceeds the available context size, try increasing it",
        type: "exceed_context_size_error",
        n_prompt_tokens: 1407,
        n_ctx: 256,
      },
    },
  ],
  [
    "llama.cpp, reranking",
    500,
    {
      error: {
        code: 500,
        message: "input is too large to process. increase the physical batch size",
        type: "server_error",
      },
    },
  ],
  ["Ollama", 500, { error: { message: "input length exceeds the context length" } }],
  [
    "Mistral",
    400,
    { message: "Prompt contains 66385 tokens, too large for model with 32768 maximum context length" },
  ],
  [
    "LM Studio",
    400,
    { error: "The number of tokens to keep from the initial prompt is greater than the context length." },
  ],
  [
    "Gemini",
    400,
    [{ error: { message: "The input token count (9) exceeds the maximum number of tokens allowed (8)." } }],
  ],
  [
    "xAI",
    400,
    { error: "This model's maximum prompt length is 131072 but the request contains 537812 tokens." },
  ],
];

describe("refusalFailure", () => {
  it.each(TOO_LONG)("knows a prompt that is too long for %s", (_, status, body) => {
    expect(refuse(status, body)).toMatchObject({ code: "CONTEXT_EXCEEDED", retryable: false });
  });

  it.each([
    ["Azure", 400, { error: { message: "The response was filtered.", code: "content_filter" } }],
    ["OpenRouter", 403, { error: { code: 403, message: "Input was flagged", metadata: { reasons: ["x"] } } }],
    ["DeepSeek", 400, { error: { message: "Content Exists Risk" } }],
  ])("knows the filter of %s, which may be billed", (_, status, body) => {
    expect(refuse(status, body)).toMatchObject({ code: "CONTENT_REFUSED", mayBeBilled: true });
  });

  it.each([
    ["Ollama", 404, { error: { message: 'model "llama9" not found, try pulling it first' } }],
    ["Mistral", 400, { message: "Invalid model: mistral-huge", code: "1500" }],
    ["DeepSeek", 400, { error: { message: "Model Not Exist" } }],
    ["OpenAI", 400, { error: { message: "x", code: "model_not_found" } }],
  ])("knows that %s has no such model", (_, status, body) => {
    expect(refuse(status, body)).toMatchObject({ code: "REMOTE_NOT_FOUND" });
  });

  it("does not wait for an empty account to fill", () => {
    const body = { error: { message: "You exceeded your current quota", code: "insufficient_quota" } };
    expect(refuse(429, body)).toMatchObject({ code: "REMOTE_RATE_LIMITED", retryable: false });
    const minute = {
      error: { message: "Rate limit reached: too many tokens, maximum context length aside" },
    };
    expect(refuse(429, minute)).toMatchObject({ code: "REMOTE_RATE_LIMITED", retryable: true });
  });

  it("takes a limit on the answer for a malformed request, not for a prompt that is too long", () => {
    for (const message of [
      "max_tokens is too large: 100000. This model supports at most 16384 completion tokens",
      "max_tokens (9000) exceeds the maximum allowed value of 8192",
    ]) {
      expect(refuse(400, { error: { message, param: "max_tokens" } })).toMatchObject({
        code: "REMOTE_REJECTED",
      });
    }
  });
});
