import { PACKAGE_VERSION } from "../package-version.js";
import { factRows } from "../report/fact-rows.js";
import type { TrainingFacts } from "../report/training-facts.js";
import type { TrainReport } from "../trainer/train.js";
import { codeText, plainText } from "./markdown.js";

/**
 * What the hub reads of a card. Strings as JSON has them are strings in YAML too.
 *
 * @param pipeline what the hub calls the task
 */
export function frontMatter(
  { base, license }: TrainingFacts,
  pipeline: string,
  tags: readonly string[],
): string {
  return [
    "---",
    "library_name: rankwright",
    `pipeline_tag: ${pipeline}`,
    ...(base.onHub ? [`base_model: ${JSON.stringify(base.name)}`] : []),
    ...(license === undefined ? [] : [`license: ${JSON.stringify(license)}`]),
    "tags:",
    ...tags.map((tag) => `- ${tag}`),
    "---",
    "",
  ].join("\n");
}

/** `trained from [org/name](…) on a processor, with rankwright 1.2.3`. */
export function origin({ base }: TrainingFacts): string {
  return `trained ${start(base)} on a processor, with rankwright ${PACKAGE_VERSION}`;
}

function start({ name, onHub, untrained }: TrainingFacts["base"]): string {
  if (untrained) return `from scratch (the architecture is that of ${codeText(name)})`;
  return `from ${onHub ? `[${plainText(name)}](https://huggingface.co/${name})` : codeText(name)}`;
}

/** Everything that was set and seen. */
export function trainingTable(report: TrainReport, facts: TrainingFacts): string {
  const lines = [...factRows(report, facts), ...facts.settings].map(
    ({ name, value }) => `| ${plainText(name)} | ${plainText(value)} |`,
  );
  return ["| | |", "| --- | --- |", ...lines].join("\n");
}

export const ONLY_ITS_DATA =
  "What the training data lack, such as other languages and subjects, the model was not taught; what is wrong or one-sided in them it may have learned.";
