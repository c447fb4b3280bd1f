import type { Identifiers } from "../prompts/template.js";
import type { AnswerClass, AnswerText } from "./answer-class.js";
import { finalText } from "./final-text.js";
import { findIdentifiers } from "./find-identifiers.js";
import { plainDigits } from "./plain-digits.js";
import { looksRefused } from "./refusal.js";

export interface ParseRankingOptions {
  readonly identifiers?: Identifiers | undefined;
  /** How many documents the answer was to name. Default: all. */
  readonly wanted?: number | undefined;
}

export interface ParsedRanking {
  /** Every position from 0 to `count` − 1 once: those that the answer names, then the others in their given order. */
  readonly order: readonly number[];
  /** Documents that the answer names; 0 where it is of no use and `order` is the given one. */
  readonly named: number;
  readonly class: AnswerClass;
}

/**
 * Reads a ranking of `count` documents from an answer, whatever it looks like. Thoughts are left out, digits of any
 * script count, an identifier counts where it stands first, and one that is out of range does not. Nothing is guessed:
 * an answer that names no document leaves the order as it was.
 */
export function parseRanking(
  { text, finish, refusal }: AnswerText,
  count: number,
  { identifiers = "numbers", wanted = count }: ParseRankingOptions = {},
): ParsedRanking {
  const { text: final, unfinished } = finalText(text);
  const plain = plainDigits(final);
  const declined = refusal !== undefined || finish === "content_filter";
  const found = findIdentifiers(withoutLoose(plain, finish === "length"), count, identifiers);
  const { form } = found;
  // Words of regret beside a document that is merely mentioned are no ranking.
  const refused = declined || ((form === "prose" || form === "none") && looksRefused(plain));
  // Without its end, what does not begin with an identifier may be thoughts before an answer.
  const thoughts = finish === "length" && form === "prose" && !plain.startsWith("[");
  const positions = refused || thoughts ? [] : found.positions;
  const named = new Set<number>();
  let repeated = false;
  let invented = false;
  for (const position of positions) {
    if (position < 0 || position >= count) invented = true;
    else if (named.has(position)) repeated = true;
    else named.add(position);
  }
  const order = [...named];
  for (let position = 0; position < count; position++) if (!named.has(position)) order.push(position);

  const classOf = (): AnswerClass => {
    if (refused) return "refused";
    if (unfinished || finish === "length") return "truncated";
    if (plain === "") return "empty";
    if (form !== "exact" || invented) return "wrong_format";
    if (repeated) return "repetition";
    return named.size < wanted ? "missing" : "ok";
  };
  return { order, named: named.size, class: classOf() };
}

/** Of an answer that was cut off, a number at the very end may be the beginning of a longer one. */
function withoutLoose(text: string, cutOff: boolean): string {
  return cutOff ? text.replace(/\[? ?\d{1,9}$/, "") : text;
}
