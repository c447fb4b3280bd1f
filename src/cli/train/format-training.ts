import type { TrainReport } from "../../train/index.js";
import { type Int8Report, int8Problems } from "../../train/int8-gate/int8-report.js";
import { ENDED } from "../../train/report/ended.js";
import type { ValidationWords } from "../../train/report/validation-words.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";
import { wrapText } from "../terminal/wrap-text.js";
import { rateText } from "./progress-line.js";

/** Points of the curve that are shown. */
const MOST = 15;

export interface TrainingResult {
  /** Folder of the model, as it was named. */
  readonly out: string;
  readonly int8: Int8Report | undefined;
  readonly words: ValidationWords;
}

/** What came of a training, for people. */
export function formatTraining(
  report: TrainReport,
  { out, int8, words: { name } }: TrainingResult,
  columns: number,
  style: Style,
): string {
  const { steps, curve, best, seen, trainedMs, ended } = report;
  const every = Math.ceil(curve.length / MOST);
  const masked = curve.some(({ accuracy }) => accuracy !== undefined);
  const ifMasked = (text: string) => (masked ? [text] : []);
  const rows = curve
    .filter(({ step }, i) => (curve.length - 1 - i) % every === 0 || step === best?.step)
    .map(({ step, loss, accuracy, gradientNorm, learningRate, validation, validationAccuracy }) => [
      String(step),
      loss.toFixed(4),
      ...ifMasked(share(accuracy)),
      gradientNorm.toFixed(2),
      rateText(learningRate),
      validation?.toFixed(4) ?? "–",
      ...ifMasked(share(validationAccuracy)),
    ]);
  const head = ["step", "loss", ...ifMasked("guessed"), "gradient", "rate", name, ...ifMasked("guessed")];
  const table = formatTable({ head, rows }, columns, style);
  const speed = Math.round((seen.tokens / Math.max(1, trainedMs)) * 1000);
  const kept =
    best === undefined
      ? "the last weights"
      : `the weights of step ${best.step} (${name} ${best.value.toFixed(4)})`;
  const sentences = [
    `${steps} updates, ${seen.pairs} ${masked ? "sequences" : "pairs"}, ${seen.tokens} tokens in ${(trainedMs / 1000).toFixed(0)} s (${speed} tokens/s): ${ENDED[ended]}`,
    ...(int8 === undefined ? [] : [describeInt8(int8)]),
    `${out} holds ${kept}`,
  ];
  return `${table}\n${sentences.flatMap((sentence) => wrapText(sentence, columns)).join("\n")}\n`;
}

/** `12.3 %`. */
function share(value: number | undefined): string {
  return value === undefined ? "–" : `${(100 * value).toFixed(1)} %`;
}

function describeInt8(report: Int8Report): string {
  const { spearman, kendall, ndcg, lists } = report;
  const quality = ndcg ? `, nDCG@10 ${ndcg.int8.toFixed(4)} instead of ${ndcg.float32.toFixed(4)}` : "";
  const verdict = int8Problems(report).length === 0 ? "may be used" : "loses too much";
  return `int8 ${verdict}: Spearman ${spearman.toFixed(4)}, Kendall ${kendall.toFixed(4)}${quality} on ${lists} validation lists`;
}
