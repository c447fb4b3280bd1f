import { sigmoid } from "../../numbers/logistic.js";
import type { Question, QuestionKind } from "../recognise/question.js";
import type { SimulatedJudge } from "../simulated-judge.js";
import type { TruthFunction } from "../truth.js";
import { choose, type Draft, indexOfGreatest, softmax } from "./draft.js";
import { type HiddenPreference, hiddenPreference } from "./hidden-preference.js";
import type { Draws } from "./noise.js";

/** Scores of 0 are undecided; grade k or better is as probable as not at the k-th of these. */
const GRADE_CUTS = [-1.5, 0, 1.5];

type Drafter = (question: Question, hidden: HiddenPreference, noise: () => number) => Draft;

const DRAFTERS: Readonly<Record<QuestionKind, Drafter>> = {
  prp: (question, { logits, verdicts }) => ({
    before: "Passage",
    choice: chooseLabel(question, logits, indexOfGreatest(verdicts), " Both"),
    after: "",
  }),
  setwise: (question, { logits, verdicts }) => ({
    before: "Passage",
    choice: chooseLabel(question, logits, indexOfGreatest(verdicts), " None"),
    after: "",
  }),
  zelo: (_, { verdicts: [first, second] }) => ({
    before: "",
    after: JSON.stringify({
      thoughts: ["A and B were read against the query.", "One of them answers more of it."],
      score: zeloScore((first as number) - (second as number)),
    }),
  }),
  listwise: (question, { logits, verdicts }) => {
    const order = verdicts.map((_, i) => i).sort((a, b) => verdicts[b]! - verdicts[a]! || a - b);
    const shares = softmax(logits);
    const options = question.documents.map(({ label }, i) => ({ tokens: [label], probability: shares[i]! }));
    const rest = order.slice(1, question.pick).map((i) => ` > [${question.documents[i]!.label}]`);
    return { before: "[", choice: choose(options, order[0]!, "The"), after: `]${rest.join("")}` };
  },
  "yes-no": ({ words: [yes, no] = ["Yes", "No"] }, { logits: [logit] }, noise) => {
    const p = sigmoid(logit as number);
    const spellings = (word: string) => [...new Set([word, ` ${word}`, word.toLowerCase()])];
    const options = [
      { tokens: spellings(yes), probability: p },
      { tokens: spellings(no), probability: 1 - p },
    ];
    return {
      before: "",
      choice: choose(options, (logit as number) + noise() > 0 ? 0 : 1, "Maybe"),
      after: "",
    };
  },
  graded: (_, { logits: [logit] }, noise) => {
    const atLeast = [1, ...GRADE_CUTS.map((cut) => sigmoid((logit as number) - cut)), 0];
    const options = atLeast.slice(0, -1).map((p, grade) => ({
      tokens: [String(grade), ` ${grade}`],
      probability: p - atLeast[grade + 1]!,
    }));
    const seen = (logit as number) + noise();
    return {
      before: "",
      choice: choose(options, GRADE_CUTS.filter((cut) => seen > cut).length, "N"),
      after: "",
    };
  },
};

/** What a judge says when nothing goes wrong. */
export function draftAnswer(
  question: Question,
  judge: SimulatedJudge,
  truth: TruthFunction,
  draws: Draws,
): Draft {
  const hidden = hiddenPreference(question, judge, truth, draws);
  return DRAFTERS[question.kind](question, hidden, () => (judge.noise ?? 1) * draws.logistic());
}

function chooseLabel({ documents }: Question, logits: readonly number[], chosen: number, junk: string) {
  const shares = softmax(logits);
  const options = documents.map(({ label }, i) => ({
    tokens: [` ${label}`, label],
    probability: shares[i]!,
  }));
  return choose(options, chosen, junk);
}

/** From −1 for the first to 1 for the second, in hundredths; 0 only for a true tie. */
function zeloScore(difference: number): number {
  const score = 1 - 2 * sigmoid(difference);
  return Math.sign(score) * Math.max(0.01, Math.round(100 * Math.abs(score)) / 100) || 0;
}
