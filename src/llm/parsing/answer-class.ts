import type { ChatAnswer } from "../chat-model.js";

/**
 * What became of an answer: `ok`; readable although its form is not the one asked for, or it names what is not there
 * (`wrong_format`), names something twice (`repetition`) or leaves something out (`missing`); or without what was asked
 * for, because the model declined (`refused`), was cut off (`truncated`) or wrote nothing (`empty`).
 *
 * One class an answer: the first that holds of refused, truncated, empty, wrong_format, repetition, missing, ok. An answer
 * of any class but `ok` may still have been of use.
 */
export type AnswerClass =
  | "ok"
  | "wrong_format"
  | "repetition"
  | "missing"
  | "refused"
  | "truncated"
  | "empty";

/** What parsers look at of an answer. */
export type AnswerText = Pick<ChatAnswer, "text" | "finish" | "refusal">;
