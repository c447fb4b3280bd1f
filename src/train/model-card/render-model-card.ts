import { count } from "../../evaluate/report/numbers.js";
import { describeData } from "../report/fact-rows.js";
import type { TrainingFacts } from "../report/training-facts.js";
import type { TrainReport } from "../trainer/train.js";
import { frontMatter, ONLY_ITS_DATA, origin, trainingTable } from "./card-parts.js";
import { plainText } from "./markdown.js";
import { renderPretrainingCard } from "./render-pretraining-card.js";
import { usage } from "./usage.js";

/**
 * The README.md of a trained model: front matter for the hub, how it was trained, what was measured, how it is
 * used, and its limits. It says what is known and nothing else.
 */
export function renderModelCard(report: TrainReport, facts: TrainingFacts): string {
  if (facts.task === "pretraining") return renderPretrainingCard(report, facts);
  return `${frontMatter(facts, "text-ranking", ["cross-encoder", "reranker"])}
# ${plainText(facts.name)}

A cross-encoder for re-ranking search results: it reads a query together with a document and gives one number, higher for documents that answer better. It was ${origin(facts)}.

## Training

${trainingTable(report, facts)}

## Validation

${validation(report, facts)}
## Use

${usage(facts)}
## Limits

${limits(facts)}`;
}

function validation({ best, steps }: TrainReport, facts: TrainingFacts): string {
  if (best === undefined) return "Nothing was held out: how well the model ranks was not measured.\n";
  const where = facts.validation.map((data) => plainText(describeData(data))).join(", ");
  return `nDCG@10 **${best.value.toFixed(4)}**, the mean over held-out lists with a relevant document: ${where}. It was measured after ${count(best.step)} of ${count(steps)} updates; the weights were chosen by it, so it errs on the high side.\n`;
}

function limits({ model, validation }: TrainingFacts): string {
  const points = [
    ONLY_ITS_DATA,
    ...(validation.length === 0
      ? []
      : ["The figure above is of its validation data alone: measure on your own before relying on it."]),
    `Of a query and a document together it reads at most ${count(model.maxTokens)} tokens; longer documents are cut, or read in windows.`,
    "Scores are logits that order the documents of one query. They are no probabilities, and those of different queries cannot be compared.",
  ];
  return points.map((point) => `- ${point}\n`).join("");
}
