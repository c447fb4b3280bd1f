import type { AnswerClass, AnswerText } from "./answer-class.js";
import { finalText } from "./final-text.js";
import { plainDigits } from "./plain-digits.js";
import { looksRefused } from "./refusal.js";

export interface ParsedLabel {
  /** Position in `labels`; absent where the answer is of no use. */
  readonly position?: number | undefined;
  readonly class: AnswerClass;
}

/** Words that stand before a label: `Passage A`, `Answer: A`. */
const LEAD =
  /^(?:the\s+)?(?:(?:most|more)\s+relevant\s+)?(?:(?:final\s+)?answer|passage|document|doc|text|label|output|relevance|score|grade|rating)?(?:\s+is)?\s*[:=-]?\s*/i;
const MARKS = /^[\s"'`*_([{]+|[\s"'`*_)\]}.,:;!]+$/g;

/**
 * Reads which of `labels` an answer gives: the label alone, with a lead (`Passage A`, `Answer: yes`) or followed by
 * reasons, else the only one that is named in a sentence (`Passage A is better`). Several different ones, or none, are
 * of no use. Long labels count in any case, single letters only as capitals.
 */
export function parseLabel({ text, finish, refusal }: AnswerText, labels: readonly string[]): ParsedLabel {
  if (refusal !== undefined || finish === "content_filter") return { class: "refused" };
  const { text: final, unfinished } = finalText(text);
  if (unfinished) return { class: "truncated" };
  if (final === "") return { class: finish === "length" ? "truncated" : "empty" };
  const plain = plainDigits(final);
  const bare = unmarked(unmarked(plain).replace(LEAD, ""));
  const exact = labels.findIndex((label) => sameLabel(bare, label));
  if (exact >= 0) return { position: exact, class: finish === "length" ? "truncated" : "ok" };
  const found = leading(plain, labels) ?? onlyNamed(plain, labels);
  if (found !== undefined) return { position: found, class: "wrong_format" };
  if (looksRefused(plain)) return { class: "refused" };
  return { class: finish === "length" ? "truncated" : "wrong_format" };
}

function unmarked(text: string): string {
  return text.replace(MARKS, "");
}

function sameLabel(text: string, label: string): boolean {
  return label.length === 1 ? text === label : text.toLowerCase() === label.toLowerCase();
}

/** `Yes, because …`, `A. It answers …`: a label, then a mark or the end of its line. */
function leading(text: string, labels: readonly string[]): number | undefined {
  const [, word = ""] =
    /^[\s"'`*_([]*(?:passage\s+|document\s+|answer\s*:\s*)?([^\s,.:;!?)\]"'`*_]+)["'`*_)\]]*(?:[,.:;!?)\]-]|\n|$)/i.exec(
      text,
    ) ?? [];
  const position = labels.findIndex((label) => sameLabel(word, label));
  return position < 0 ? undefined : position;
}

/** `I would choose passage B`: with a noun before it, or for labels that are no letters a word of the text. */
function onlyNamed(text: string, labels: readonly string[]): number | undefined {
  const named = labels.flatMap((label, position) => {
    const escaped = label.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    const source = /^[A-Z]$/.test(label)
      ? `(?:passage|document|doc|text|answer|label)\\s*(?:is|:)?\\s*["'*([]*${escaped}(?![\\w])`
      : `(?<![\\w.])${escaped}(?![\\w]|\\.\\d)`;
    return new RegExp(source, "iu").test(text) ? [position] : [];
  });
  return named.length === 1 ? named[0] : undefined;
}
