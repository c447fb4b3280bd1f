export type { AiSdkLanguageModel, AiSdkProviderOptions } from "./ai-sdk/language-model.js";
export { type AiSdkChatOptions, aiSdkChat } from "./ai-sdk-chat.js";
export type { PromptOptions } from "./calls/index.js";
export type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
  ChatOptions,
  ChatRequest,
  ChatUsage,
  FinishReason,
  TokenLogprob,
} from "./chat-model.js";
export type { Clock } from "./http/clock.js";
export type { EndpointOptions } from "./http/endpoint.js";
export { RemoteFailure } from "./http/remote-failure.js";
export * from "./journal/index.js";
export {
  type Budget,
  type Consumption,
  type CountTokens,
  costOf,
  describeCost,
  Ledger,
  type LedgerEntry,
  type LedgerOptions,
  type LedgerSnapshot,
  type MeteredOptions,
  metered,
  type Price,
  type PriceTable,
  type Purpose,
  type Reservation,
  type Spending,
  type Tally,
  upperBound,
} from "./ledger/index.js";
export { type OpenAiChatOptions, openAiChat } from "./openai-chat.js";
export * from "./parsing/index.js";
export * from "./prompts/index.js";
