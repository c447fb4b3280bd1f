import type { Draft } from "./draft.js";

/** A token with what could have stood in its place, most probable first. */
export interface AnswerToken {
  readonly token: string;
  readonly logprob: number;
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}

const PIECE = / ?\p{L}+|\p{N}{1,3}|\s+|[^\s\p{L}\p{N}]+/gu;
/** Tokens that decide nothing are all but certain. */
const CERTAIN = Math.log(0.99);

/** Tokens of an answer; only the one that decides has true alternatives. */
export function tokensOf({ before, choice, after }: Draft): readonly AnswerToken[] {
  const certain = (text: string) =>
    (text.match(PIECE) ?? []).map((token) => ({
      token,
      logprob: CERTAIN,
      top: [
        { token, logprob: CERTAIN },
        { token: "\n", logprob: Math.log(0.01) },
      ],
    }));
  if (!choice) return certain(before + after);
  const top = [...choice.probabilities]
    .filter(([, probability]) => probability > 0)
    .map(([token, probability]) => ({ token, logprob: Math.log(probability) }))
    .sort((a, b) => b.logprob - a.logprob);
  const logprob = Math.log(choice.probabilities.get(choice.token) || Number.MIN_VALUE);
  return [...certain(before), { token: choice.token, logprob, top }, ...certain(after)];
}

/** Tokens of a text, about as vocabularies for English count them. */
export function countTokens(text: string): number {
  return text.match(PIECE)?.length ?? 0;
}
