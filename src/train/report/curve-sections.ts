import { figure, panels, responsive, type Section } from "../../evaluate/report/figure.js";
import { measureValue } from "../../evaluate/report/numbers.js";
import type { CurvePoint } from "../trainer/progress.js";
import type { TrainReport } from "../trainer/train.js";
import { type Curve, curveChart } from "./curve-chart.js";
import type { ValidationWords } from "./validation-words.js";

/** What was measured on held-out data against updates; null where nothing was. */
export function validationSection(
  { curve, best }: TrainReport,
  { name, caption, reading }: ValidationWords,
): Section | null {
  const chart = responsive((width) =>
    curveChart({ ...drawing(curve, "validation", name, "s3"), best: best?.step }, width),
  );
  if (chart === null) return null;
  const notes = `${caption} The ring marks the weights that were kept. The vertical axis need not begin at zero.`;
  return { id: "validation", title: "Validation", body: figure(chart, notes, reading) };
}

/** Share of masked tokens guessed right; null for trainings that have none. */
export function accuracySection({ curve }: TrainReport): Section | null {
  const charts = panels([
    {
      title: "In training",
      draw: (width) => curveChart(drawing(curve, "accuracy", "share guessed right", "s6"), width),
    },
    {
      title: "Held out",
      draw: (width) => curveChart(drawing(curve, "validationAccuracy", "share guessed right", "s3"), width),
    },
  ]);
  return charts && { id: "accuracy", title: "Masked tokens", body: charts };
}

export function lossSection({ curve }: TrainReport, { lossReading }: ValidationWords): Section | null {
  const chart = responsive((width) => curveChart(drawing(curve, "loss", "mean loss", "s6"), width));
  if (chart === null) return null;
  const body = figure(
    chart,
    "Mean training loss since the point before. The vertical axis need not begin at zero.",
    lossReading,
  );
  return { id: "loss", title: "Loss", body };
}

/** Gradient and learning rate. */
export function stepsSection({ curve }: TrainReport): Section | null {
  const charts = panels([
    {
      title: "Gradient",
      draw: (width) => curveChart(drawing(curve, "gradientNorm", "mean norm before clipping", "s0"), width),
    },
    {
      title: "Learning rate",
      draw: (width) => curveChart(drawing(curve, "learningRate", "learning rate", "s-first"), width),
    },
  ]);
  return charts && { id: "steps", title: "Updates", body: charts };
}

function drawing(
  curve: readonly CurvePoint[],
  key: Exclude<keyof CurvePoint, "step">,
  caption: string,
  className: string,
): Curve {
  const format = key === "learningRate" ? rate : measureValue;
  const points = curve.flatMap(({ step, [key]: value }) => (value === undefined ? [] : [{ step, value }]));
  return { caption, className, format, points };
}

/** `2.0e-5`. */
export function rate(value: number): string {
  return Number.isFinite(value) ? value.toExponential(1) : "–";
}
