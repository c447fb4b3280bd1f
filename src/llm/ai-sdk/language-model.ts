/**
 * What is needed of a language model of the Vercel AI SDK, versions 2 and 3 of its specification; any such object
 * fits, and nothing of the SDK is imported.
 */
export interface AiSdkLanguageModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  doGenerate(options: AiSdkCall): PromiseLike<unknown>;
}

type JsonValue = null | string | number | boolean | { [key: string]: JsonValue | undefined } | JsonValue[];

/** By provider, e.g. `{ openai: { reasoningEffort: "low" } }`. */
export type AiSdkProviderOptions = Record<string, { [key: string]: JsonValue | undefined }>;

type TextPart = { type: "text"; text: string };

/** What `doGenerate` is called with. */
export interface AiSdkCall {
  prompt: (
    | { role: "system"; content: string }
    | { role: "user"; content: TextPart[] }
    | { role: "assistant"; content: TextPart[] }
  )[];
  temperature?: number;
  maxOutputTokens?: number;
  seed?: number;
  stopSequences?: string[];
  responseFormat?: { type: "json"; name: string; schema: Record<string, unknown> };
  providerOptions?: AiSdkProviderOptions;
  headers?: Record<string, string | undefined>;
  abortSignal?: AbortSignal;
}
