import type { TrainReport } from "../../train/index.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";

const ENDS: Readonly<Record<TrainReport["ended"], string>> = {
  done: "all data seen",
  steps: "the limit on updates reached",
  patience: "no better validation for a while",
};
/** Points of the curve that are shown. */
const MOST = 15;

/** What came of a training, for people. */
export function formatTraining(report: TrainReport, out: string, columns: number, style: Style): string {
  const { steps, curve, best, seen, trainedMs, ended } = report;
  const speed = Math.round((seen.tokens / Math.max(1, trainedMs)) * 1000);
  const summary = `${steps} updates, ${seen.pairs} pairs, ${seen.tokens} tokens in ${(trainedMs / 1000).toFixed(0)} s (${speed} tokens/s): ${ENDS[ended]}`;
  const every = Math.ceil(curve.length / MOST);
  const rows = curve
    .filter((_, i) => (curve.length - 1 - i) % every === 0)
    .map(({ step, loss, gradientNorm, learningRate, validation }) => [
      String(step),
      loss.toFixed(4),
      gradientNorm.toFixed(2),
      learningRate.toExponential(1),
      validation?.toFixed(4) ?? "–",
    ]);
  const table = formatTable({ head: ["step", "loss", "gradient", "rate", "nDCG@10"], rows }, columns, style);
  const kept =
    best === undefined
      ? "the last weights"
      : `the weights of step ${best.step} (nDCG@10 ${best.value.toFixed(4)})`;
  return `${table}\n${summary}\n${style.bold(out)} holds ${kept}\n`;
}
