import type { TokenLogprob } from "../chat-model.js";
import { afterThoughts } from "./final-text.js";

/** What stands around a label in a token: white space and marks. */
const AROUND = /^[\s▁Ġ"'`*_([{<]+|[\s"'`*_)\]}>.,:;!]+$/gu;

export interface LabelLogprobs {
  /** One per label, natural logarithms; −∞ where it is not among the alternatives. */
  readonly values: Float64Array;
  /** What a token that is not among the alternatives has at most. */
  readonly bound: number;
}

/**
 * Log probabilities of `labels` at the first token of an answer that is one of them: ` yes`, `Yes` and `YES` are the same
 * label, and their probabilities add up. Thoughts before the answer do not count. Undefined where no token of the answer
 * is a label. Single letters count as capitals only.
 */
export function labelLogprobs(
  tokens: readonly TokenLogprob[],
  labels: readonly string[],
): LabelLogprobs | undefined {
  const positionOf = (token: string) => {
    const bare = token.replace(AROUND, "");
    return labels.findIndex((label) =>
      label.length === 1 ? bare === label : bare.toLowerCase() === label.toLowerCase(),
    );
  };
  const start = afterThoughts(tokens.map(({ token }) => token).join(""));
  let end = 0;
  for (const { token, logprob, top } of tokens) {
    end += token.length;
    if (start === undefined || end <= start || positionOf(token) < 0) continue;
    const values = new Float64Array(labels.length).fill(Number.NEGATIVE_INFINITY);
    const listed = top.some((each) => each.token === token) ? top : [{ token, logprob }, ...top];
    for (const each of listed) {
      const position = positionOf(each.token);
      if (position >= 0) values[position] = logAddExp(values[position]!, each.logprob);
    }
    const rest = 1 - listed.reduce((sum, each) => sum + Math.exp(each.logprob), 0);
    const least = Math.min(...listed.map((each) => each.logprob));
    return { values, bound: Math.min(least, Math.log(Math.max(rest, Number.EPSILON / 2))) };
  }
  return undefined;
}

/** ln(e^a + e^b) without overflow. */
export function logAddExp(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === Number.NEGATIVE_INFINITY) return high;
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
