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
