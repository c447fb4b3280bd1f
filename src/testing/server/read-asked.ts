import type { Asked } from "../judge-engine.js";
import { OpenAiError } from "../openai-error.js";

/** A chat completion as it is asked for over HTTP. */
export interface AskedOverHttp {
  readonly asked: Asked;
  readonly topLogprobs: number;
}

interface Body {
  readonly model?: unknown;
  readonly messages?: unknown;
  readonly seed?: unknown;
  readonly max_tokens?: unknown;
  readonly max_completion_tokens?: unknown;
  readonly stop?: unknown;
  readonly logprobs?: unknown;
  readonly top_logprobs?: unknown;
  readonly stream?: unknown;
  readonly n?: unknown;
  readonly response_format?: { readonly json_schema?: { readonly schema?: unknown } } | undefined;
}

/** @throws OpenAiError for what OpenAI refuses, and for what is not simulated */
export function readAsked(text: string): AskedOverHttp {
  let body: Body;
  try {
    body = JSON.parse(text);
  } catch {
    const message =
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly.)";
    throw new OpenAiError(400, message);
  }
  if (typeof body !== "object" || body === null) refuse("body", "an object");
  const { model, messages, seed, stop, logprobs, stream, n = 1, response_format: format } = body;
  if (typeof model !== "string") return refuse("model", "a string");
  if (!Array.isArray(messages) || messages.length === 0) return refuse("messages", "an array of messages");
  if (stream === true) return refuse("stream", "false: the simulator does not stream");
  if (n !== 1) return refuse("n", "1: the simulator gives one answer");
  const topLogprobs = body.top_logprobs ?? 0;
  if (!(Number.isInteger(topLogprobs) && (topLogprobs as number) >= 0 && (topLogprobs as number) <= 20)) {
    return refuse("top_logprobs", "a whole number from 0 to 20");
  }
  if ((topLogprobs as number) > 0 && logprobs !== true) {
    return refuse("top_logprobs", "0 unless 'logprobs' is true");
  }
  const asked: Asked = {
    model,
    messages: messages.map(readMessage),
    ...(typeof seed === "number" && { seed }),
    ...(isLimit(body.max_completion_tokens ?? body.max_tokens) && {
      maxTokens: (body.max_completion_tokens ?? body.max_tokens) as number,
    }),
    stop: typeof stop === "string" ? [stop] : Array.isArray(stop) ? stop : [],
    logprobs: logprobs === true,
    ...(typeof format?.json_schema?.schema === "object" && {
      schema: format.json_schema.schema as Readonly<Record<string, unknown>>,
    }),
  };
  return { asked, topLogprobs: topLogprobs as number };
}

function readMessage(message: unknown, i: number): { role: string; content: string } {
  const { role, content } = (message ?? {}) as { role?: unknown; content?: unknown };
  if (typeof role !== "string") refuse(`messages[${i}].role`, "a string");
  if (typeof content === "string") return { role: role as string, content };
  if (!Array.isArray(content)) refuse(`messages[${i}].content`, "a string or an array of parts");
  const parts = content as readonly { readonly text?: unknown }[];
  return {
    role: role as string,
    content: parts.map(({ text }) => (typeof text === "string" ? text : "")).join(""),
  };
}

function isLimit(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return Number.isInteger(value) && (value as number) > 0
    ? true
    : refuse("max_tokens", "a whole number of at least 1");
}

function refuse(param: string, wanted: string): never {
  throw new OpenAiError(400, `Invalid value for '${param}': expected ${wanted}.`, {
    param,
    code: "invalid_value",
  });
}
