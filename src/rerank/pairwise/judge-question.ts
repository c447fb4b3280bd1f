import type { ChatAnswer, ChatRequest } from "../../llm/chat-model.js";
import type { Document } from "../../types/index.js";
import type { ReadPreference } from "./read-answer.js";

/** Two documents in the order in which a judge sees them. */
export interface JudgeQuestion {
  readonly query: string;
  readonly first: Document;
  readonly second: Document;
  /** Where the second document is to be judged for a query of its own. */
  readonly queryOfSecond?: string | undefined;
  /** Takes the place of the judge's own. */
  readonly instruction?: string | undefined;
}

/** A question as it is sent. */
export interface JudgeRequest {
  readonly chat: ChatRequest;
  /** About as many as the prompt has. */
  readonly promptTokens: number;
  readonly cut: CutDocuments;
}

/** Which of the two documents were shown in part. */
export type CutDocuments = readonly [first: boolean, second: boolean];

/** What came back; `probability` is that of the document shown first. */
export interface JudgeAnswer extends ReadPreference {
  readonly chat: ChatAnswer;
  readonly cut: CutDocuments;
}
