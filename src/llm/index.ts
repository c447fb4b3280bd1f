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
export * from "./parsing/index.js";
export * from "./prompts/index.js";
