/** One turn of a conversation. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** What a chat model is asked. The same request always means the same prompt. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Default: 0, the most probable answer. */
  readonly temperature?: number | undefined;
  /** Longest answer in tokens. Default: the server's. */
  readonly maxTokens?: number | undefined;
  readonly seed?: number | undefined;
  /** Texts at which the answer ends; they do not stand in it. */
  readonly stop?: readonly string[] | undefined;
  /** How many alternatives of each token of the answer to return with their log probabilities, 0 to 20. Default: none. */
  readonly topLogprobs?: number | undefined;
  /** A JSON Schema that the answer must follow, where the server can enforce one. */
  readonly schema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> } | undefined;
}

/** The circumstances of a call; they do not change what is asked. */
export interface ChatOptions {
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value after which nobody waits for the answer. */
  readonly deadline?: number | undefined;
}

/** A token of an answer, and what could have stood in its place. */
export interface TokenLogprob {
  readonly token: string;
  /** Natural logarithm of its probability, at most 0. */
  readonly logprob: number;
  /** Most probable first; the token itself is usually among them. */
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}

/** Tokens as the server counts (and bills) them. */
export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt, read from the server's cache; often cheaper. */
  readonly cachedTokens?: number | undefined;
}

/** Why an answer ends: at its end, at `maxTokens`, or because a filter cut it. */
export type FinishReason = "stop" | "length" | "content_filter" | "other";

export interface ChatAnswer {
  /** What the model wrote; "" where it only refused. */
  readonly text: string;
  readonly finish: FinishReason;
  /** The model's own words where it declined to answer. */
  readonly refusal?: string | undefined;
  /** One per token of the answer; absent where they were not asked for or the server gives none. */
  readonly logprobs?: readonly TokenLogprob[] | undefined;
  /** Absent where the server does not tell; then the cost is unknown, not 0. */
  readonly usage?: ChatUsage | undefined;
  /** In the currency of a price table; absent without one, or where price or usage is unknown. */
  readonly cost?: number | undefined;
  /** As the server names the model that answered. */
  readonly model: string;
  /** From the first attempt to the answer. */
  readonly latencyMs: number;
  /** Requests that it took, 1 without a retry. */
  readonly attempts: number;
  /** Of these, how many ended without an answer and may be billed all the same. Default: none. */
  readonly unaccounted?: number | undefined;
}

/** A language model that answers messages: behind an OpenAI-compatible server, an AI SDK model, or one for tests. */
export interface ChatModel {
  readonly id: string;
  /** Most tokens of prompt and answer together, where known. */
  readonly contextTokens?: number | undefined;
  /**
   * Answers once. Retries what may be retried; a refusal is an answer, not an error.
   *
   * @throws RankwrightError ABORTED, DEADLINE_EXCEEDED, CONTEXT_EXCEEDED, BUDGET_EXCEEDED, REMOTE_…
   */
  chat(request: ChatRequest, options?: ChatOptions): Promise<ChatAnswer>;
}
