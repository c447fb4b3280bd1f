/** An answer before it becomes tokens. */
export interface Draft {
  /** What stands before the token in which the judge decides. */
  readonly before: string;
  /** The token and what could have stood there; absent where no single token decides. */
  readonly choice?: Choice | undefined;
  readonly after: string;
}

export interface Choice {
  readonly token: string;
  /** Sums to 1. */
  readonly probabilities: ReadonlyMap<string, number>;
}

/** What real models give to tokens that are no answer at all. */
const JUNK = 0.02;
/** How the mass of an answer spreads over its spellings. */
const SPELLINGS = [0.9, 0.07, 0.03];

export interface Option {
  /** Spellings of the same answer; the usual one first. */
  readonly tokens: readonly string[];
  readonly probability: number;
}

/** A choice among answers that have several spellings each, as vocabularies do. */
export function choose(options: readonly Option[], chosen: number, junk: string): Choice {
  const probabilities = new Map([[junk, JUNK]]);
  for (const { tokens, probability } of options) {
    const shares = SPELLINGS.slice(0, tokens.length);
    const whole = shares.reduce((sum, share) => sum + share, 0);
    for (const [i, token] of tokens.entries()) {
      probabilities.set(token, ((1 - JUNK) * probability * shares[i]!) / whole);
    }
  }
  return { token: options[chosen]!.tokens[0]!, probabilities };
}

export function draftText({ before, choice, after }: Draft): string {
  return before + (choice?.token ?? "") + after;
}

/** Probabilities in proportion to e^logit. */
export function softmax(logits: readonly number[]): readonly number[] {
  const greatest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - greatest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

export function indexOfGreatest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}
