import { count, percent } from "../../evaluate/report/numbers.js";
import { describeData } from "../report/fact-rows.js";
import type { TrainingFacts } from "../report/training-facts.js";
import type { TrainReport } from "../trainer/train.js";
import { frontMatter, ONLY_ITS_DATA, origin, trainingTable } from "./card-parts.js";
import { plainText } from "./markdown.js";
import { pretrainedUsage } from "./usage.js";

/** The README.md of a model that was pre-trained by masked language modelling. */
export function renderPretrainingCard(report: TrainReport, facts: TrainingFacts): string {
  const pipeline = facts.model.guesses ? "fill-mask" : "feature-extraction";
  return `${frontMatter(facts, pipeline, ["masked-language-modelling"])}
# ${plainText(facts.name)}

An encoder that has read texts and learned to guess words that were masked in them. It is to be fine-tuned, for instance to a re-ranker, and not to rank as it is. It was ${origin(facts)}.

## Training

${trainingTable(report, facts)}

## Validation

${validation(report, facts)}
## Use

${pretrainedUsage(facts)}
## Limits

${limits(facts)}`;
}

function validation({ best, steps, curve }: TrainReport, facts: TrainingFacts): string {
  if (best === undefined) return "Nothing was held out: how well the model guesses was not measured.\n";
  const where = facts.validation.map((data) => plainText(describeData(data))).join(", ");
  const accuracy = curve.find(({ step }) => step === best.step)?.validationAccuracy;
  const guessed = accuracy === undefined ? "" : `; it guessed ${percent(accuracy)} of them`;
  return `Cross-entropy **${best.value.toFixed(4)}** nats a masked token${guessed}, on held-out texts: ${where}. It was measured after ${count(best.step)} of ${count(steps)} updates; the weights were chosen by it, so it errs on the low side.\n`;
}

function limits({ model }: TrainingFacts): string {
  const points = [
    ONLY_ITS_DATA,
    `It reads at most ${count(model.maxTokens)} tokens; positions beyond those of its training sequences were not learned.`,
  ];
  return points.map((point) => `- ${point}\n`).join("");
}
