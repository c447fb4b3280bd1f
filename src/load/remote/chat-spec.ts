import { z } from "zod";
import {
  type AiSdkLanguageModel,
  aiSdkChat,
  type ChatModel,
  metered,
  openAiChat,
  type PromptOptions,
  type PromptTemplate,
  readPrompt,
} from "../../llm/index.js";
import { number, whole } from "../fields.js";
import type { LoadOptions } from "../load-options.js";
import { type EndpointSpec, endpointFields } from "./endpoint-fields.js";
import { keyOf } from "./key-of.js";
import { type LedgerSpec, ledgerFields, openLedger } from "./ledger-fields.js";

/** A chat model and what to ask it with; what methods add stands beside it. */
export interface ChatSpec
  extends EndpointSpec,
    LedgerSpec,
    Omit<PromptOptions, "countTokens" | "concurrency"> {
  /** As the server calls it; in code also a `ChatModel`, or a language model of the AI SDK. */
  readonly model: string | ChatModel | AiSdkLanguageModel;
  /** Most tokens of prompt and answer together. */
  readonly contextTokens?: number | undefined;
  /** Name of a built-in prompt or a file; in code also a template. */
  readonly prompt?: string | PromptTemplate | undefined;
}

const isModel = (value: unknown): value is ChatModel | AiSdkLanguageModel =>
  typeof value === "object" && value !== null && ("chat" in value || "doGenerate" in value);
const isTemplate = (value: unknown): value is PromptTemplate =>
  typeof value === "object" && value !== null && "kind" in value;

/** The fields of a `ChatSpec` and those of a method. */
export function chatSchema<Shape extends z.core.$ZodLooseShape>(method: Shape) {
  const shape = {
    ...endpointFields,
    ...ledgerFields,
    model: z.union([z.string().min(1), z.custom(isModel)], {
      error: "give the name of a model as the server calls it",
    }),
    contextTokens: whole(1),
    prompt: z
      .union([z.string().min(1), z.custom(isTemplate)], {
        error: "give the name of a built-in prompt, or a file, or leave it out",
      })
      .optional(),
    documentWords: whole(1),
    answerTokens: whole(1),
    temperature: number("a number, 0 or more", (value) => value >= 0),
    seed: whole(0),
    ...method,
  };
  return z.strictObject(shape, {
    error: `give an object such as { "model": "gpt-4o-mini" }; its fields are ${Object.keys(shape).join(", ")}`,
  });
}

/** What a spec describes, ready to be asked, and the options that are left for the method. */
export async function openChat<Spec extends ChatSpec>(spec: Spec, stage: string, { fetch }: LoadOptions) {
  const { model, baseUrl, apiKey, apiKeyEnv, headers, timeoutMs, retries, requestsPerMinute, ...rest } = spec;
  const { tokensPerMinute, contextTokens, extraBody, prices, budget, prompt, ...options } = rest;
  const { concurrency } = spec;
  const calls = {
    headers,
    timeoutMs,
    retries,
    concurrency,
    requestsPerMinute,
    tokensPerMinute,
    contextTokens,
  };
  const chat =
    typeof model === "string"
      ? openAiChat({ ...calls, model, baseUrl, apiKey: keyOf(spec), extraBody, fetch })
      : "chat" in model
        ? model
        : aiSdkChat(model, calls);
  const ledger = openLedger({ prices, budget }, chat.id);
  return {
    chat: ledger === undefined ? chat : metered(chat, { ledger, stage }),
    options: { ...options, prompt: typeof prompt === "string" ? await readPrompt(prompt) : prompt },
  };
}
