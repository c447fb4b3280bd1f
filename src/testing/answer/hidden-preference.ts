import type { Question } from "../recognise/question.js";
import type { SimulatedJudge } from "../simulated-judge.js";
import type { TruthFunction } from "../truth.js";
import type { Draws } from "./noise.js";

/** What a judge thinks of the documents of a prompt, whether or not it says so. */
export interface HiddenPreference {
  /** As log probabilities show them: what makes the judge name a document, in logits. */
  readonly logits: readonly number[];
  /** The same with the noise of verdicts: the greatest is named. */
  readonly verdicts: readonly number[];
}

/**
 * The judge's utilities of the documents, in the order of the prompt. The first of a list has the whole
 * position bias, the last has none. Noise in verdicts is Gumbel's, so that of two documents the first is named
 * with the probability σ(difference of logits / noise), and a list follows Plackett and Luce.
 */
export function hiddenPreference(
  { documents }: Question,
  judge: SimulatedJudge,
  truth: TruthFunction,
  draws: Draws,
): HiddenPreference {
  const { temperature = 1, positionBias = 0, logitNoise = 0, noise = 1 } = judge;
  const last = documents.length - 1;
  const logits = documents.map(({ text, query }, i) => {
    const bias = last === 0 ? 0 : positionBias * (1 - i / last);
    // Of two documents the difference has the given deviation; one alone is compared with nothing.
    const deviation = last === 0 ? logitNoise : logitNoise / Math.SQRT2;
    return truth.score(text, query) / temperature + bias + deviation * draws.normal();
  });
  return { logits, verdicts: logits.map((logit) => logit + noise * draws.gumbel()) };
}
