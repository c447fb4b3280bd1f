import type { PromptSession, Question } from "../../llm/calls/index.js";
import type { ChatAnswer } from "../../llm/chat-model.js";
import type { PromptTemplate } from "../../llm/prompts/index.js";

/** What a ranking method works on. Documents are known by their position among the distinct candidates. */
export interface RankingRun {
  readonly template: PromptTemplate;
  /** How many documents there are, at least two. */
  readonly count: number;
  /** How many the caller wants to see. */
  readonly topN: number;
  /**
   * The best order known: every position once. A method writes to it whenever it knows a better one, so that what ends
   * it early leaves that.
   */
  order: readonly number[];
  /** Says how many answers will be needed, as far as known. */
  plan(answers: number): void;
  /** Asks about some documents; undefined where there is no answer but the method can go on without it. */
  ask(question: Omit<Question, "query">): Promise<ChatAnswer | undefined>;
  /** See `PromptSession`. */
  readonly note: PromptSession["note"];
}

/** Improves `run.order`. */
export type RankingMethod = (run: RankingRun) => Promise<void>;
