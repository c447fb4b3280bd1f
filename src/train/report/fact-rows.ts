import { count } from "../../evaluate/report/numbers.js";
import { type Int8Report, int8Problems } from "../int8-gate/index.js";
import type { TrainReport } from "../trainer/train.js";
import { ENDED } from "./ended.js";
import type { DataFacts, TrainingFacts } from "./training-facts.js";

export interface FactRow {
  readonly name: string;
  readonly value: string;
}

/** What a training was about and what it took, as rows of a table. */
export function factRows(report: TrainReport, facts: TrainingFacts): FactRow[] {
  const { steps, seen, trainedMs, ended, best } = report;
  const { base, model, data, validation, loss, int8, task } = facts;
  const read = task === "ranking" ? "pairs" : "sequences";
  const rows: [string, string | undefined][] = [
    ["Start", base.untrained ? `untrained, architecture ${base.name}` : base.name],
    ["Model", describeModel(model)],
    ["Data", data.map(describeData).join("; ")],
    ["Validation", validation.length === 0 ? "none" : validation.map(describeData).join("; ")],
    ["Loss", `${loss.name}: ${loss.help}`],
    ["Seen", `${count(seen.examples)} examples, ${count(seen.pairs)} ${read}, ${count(seen.tokens)} tokens`],
    ["Updates", `${count(steps)}; ended: ${ENDED[ended]}`],
    ["Kept", best === undefined ? "the last weights" : `the weights after ${count(best.step)} updates`],
    ["Weights stored as", model.dtypes.join(", ") || undefined],
    ["int8", int8 && describeInt8(int8)],
    [
      "Time",
      `${timeText(trainedMs)}, ${count(Math.round(speed(report)))} tokens/s, without validation and checkpoints`,
    ],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** What int8 costs, and whether that is within the bounds. */
function describeInt8(report: Int8Report): string {
  const { spearman, kendall, ndcg, lists } = report;
  const problems = int8Problems(report);
  const figures = [
    `mean Spearman correlation ${spearman.toFixed(4)}`,
    `mean Kendall τ-b ${kendall.toFixed(4)}`,
    ...(ndcg ? [`nDCG@10 ${ndcg.int8.toFixed(4)} instead of ${ndcg.float32.toFixed(4)}`] : []),
  ].join(", ");
  const verdict = problems.length === 0 ? "may be used" : `use float32, because ${problems.join(" and ")}`;
  return `${verdict}; on ${count(lists)} validation lists against float32: ${figures}`;
}

/** `42 s`, `17 min`, `3.2 h`. */
function timeText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Tokens per second of training. */
export function speed({ seen, trainedMs }: TrainReport): number {
  return (seen.tokens / Math.max(1, trainedMs)) * 1000;
}

/** `bert, 6 layers of 384, 22,713,601 parameters, up to 512 tokens`. */
export function describeModel({
  modelType,
  layers,
  hiddenSize,
  parameters,
  maxTokens,
}: TrainingFacts["model"]): string {
  return `${modelType}, ${count(layers)} layers of ${count(hiddenSize)}, ${count(parameters)} parameters, up to ${count(maxTokens)} tokens`;
}

/** `triples.jsonl.gz (12,000 examples, weight 2)`. */
export function describeData({ name, weight, examples }: DataFacts): string {
  return `${name} (${count(examples)} ${examples === 1 ? "example" : "examples"}${weight === 1 ? "" : `, weight ${weight}`})`;
}
