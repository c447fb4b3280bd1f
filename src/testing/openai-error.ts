/** A refusal of the request, as OpenAI words it. */
export class OpenAiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    details: {
      readonly type?: string;
      readonly code?: string;
      readonly param?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.type = details.type ?? "invalid_request_error";
    this.code = details.code ?? null;
    this.param = details.param ?? null;
    this.headers = details.headers ?? {};
  }

  get body(): string {
    const { message, type, param, code } = this;
    return JSON.stringify({ error: { message, type, param, code } });
  }
}

export function missingKey(): OpenAiError {
  const message =
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth " +
    "(i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API " +
    "from your browser and are prompted for a username and password. You can obtain an API key from " +
    "https://platform.openai.com/account/api-keys.";
  return new OpenAiError(401, message);
}

export function wrongKey(key: string): OpenAiError {
  const masked =
    key.length < 12
      ? "*".repeat(key.length)
      : `${key.slice(0, 8)}${"*".repeat(key.length - 12)}${key.slice(-4)}`;
  const message = `Incorrect API key provided: ${masked}. You can find your API key at https://platform.openai.com/account/api-keys.`;
  return new OpenAiError(401, message, { code: "invalid_api_key" });
}

export function unknownModel(model: string): OpenAiError {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return new OpenAiError(404, message, { code: "model_not_found" });
}

export function contextExceeded(limit: number, prompt: number, completion: number): OpenAiError {
  const parts = completion === 0 ? "" : ` (${prompt} in the messages, ${completion} in the completion)`;
  const verb = completion === 0 ? "your messages resulted in" : "you requested";
  const message =
    `This model's maximum context length is ${limit} tokens. However, ${verb} ${prompt + completion} tokens${parts}. ` +
    `Please reduce the length of the messages${completion === 0 ? "" : " or completion"}.`;
  return new OpenAiError(400, message, { code: "context_length_exceeded", param: "messages" });
}

export function rateLimited(model: string, retryAfterSeconds: number): OpenAiError {
  const message =
    `Rate limit reached for ${model} in organization org-simulated on requests per min (RPM): Limit 500, Used 500, ` +
    `Requested 1. Please try again in ${retryAfterSeconds}s. Visit https://platform.openai.com/account/rate-limits to learn more.`;
  const headers = {
    "retry-after": String(Math.ceil(retryAfterSeconds)),
    "retry-after-ms": String(Math.round(1000 * retryAfterSeconds)),
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-requests": "0",
  };
  return new OpenAiError(429, message, { type: "requests", code: "rate_limit_exceeded", headers });
}

export function quotaExceeded(): OpenAiError {
  const message =
    "You exceeded your current quota, please check your plan and billing details. For more information on this error, " +
    "read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.";
  return new OpenAiError(429, message, { type: "insufficient_quota", code: "insufficient_quota" });
}

export function serverError(): OpenAiError {
  const message =
    "The server had an error while processing your request. Sorry about that! You can retry your request, or contact us " +
    "through our help center at help.openai.com if the error persists.";
  return new OpenAiError(500, message, { type: "server_error" });
}

export function unavailable(): OpenAiError {
  const message = "The engine is currently overloaded, please try again later";
  return new OpenAiError(503, message, { type: "service_unavailable" });
}

/** Ours, not OpenAI's: a test should see that its prompt was not understood. */
export function notUnderstood(): OpenAiError {
  const message =
    "The simulator found none of its documents in this prompt; give it every text that may occur, or a `recognise` of your own.";
  return new OpenAiError(400, message, { code: "not_understood", param: "messages" });
}
