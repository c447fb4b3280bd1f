import { type Section, scrolling } from "../../evaluate/report/figure.js";
import { html, type Markup } from "../../evaluate/report/html.js";
import { count, measureValue } from "../../evaluate/report/numbers.js";
import type { CurvePoint } from "../trainer/progress.js";
import type { TrainReport } from "../trainer/train.js";
import { rate } from "./curve-sections.js";
import type { ValidationWords } from "./validation-words.js";

/** Rows of the table of the curve. */
const MOST_ROWS = 60;

interface Column {
  readonly title: string;
  readonly cell: (point: CurvePoint) => Markup | string;
}

/** The points of the curve, thinned where there are many; null without any. */
export function tableSection({ curve, best }: TrainReport, { name }: ValidationWords): Section | null {
  if (curve.length === 0) return null;
  const masked = curve.some(({ accuracy }) => accuracy !== undefined);
  const kept = ({ step, validation }: CurvePoint) => {
    const value = measureValue(validation);
    return step === best?.step ? html`<b>${value}</b>` : value;
  };
  const columns: Column[] = [
    { title: "loss", cell: ({ loss }) => measureValue(loss) },
    ...(masked ? [{ title: "guessed", cell: ({ accuracy }: CurvePoint) => measureValue(accuracy) }] : []),
    { title: name, cell: kept },
    ...(masked
      ? [
          {
            title: "held out, guessed",
            cell: ({ validationAccuracy }: CurvePoint) => measureValue(validationAccuracy),
          },
        ]
      : []),
    { title: "gradient norm", cell: ({ gradientNorm }) => measureValue(gradientNorm) },
    { title: "learning rate", cell: ({ learningRate }) => rate(learningRate) },
  ];
  const every = Math.ceil(curve.length / MOST_ROWS);
  const rows = curve
    .filter(({ step }, i) => (curve.length - 1 - i) % every === 0 || step === best?.step)
    .map((point) => {
      const cells = columns.map(({ cell }) => html`<td class="n">${cell(point)}</td>`);
      return html`<tr><th scope="row">${count(point.step)}</th>${cells}</tr>
`;
    });
  const heads = columns.map(({ title }) => html`<th scope="col" class="n">${title}</th>`);
  const table = html`<table><thead><tr><th scope="col">updates</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
  return { id: "points", title: "Points", body: scrolling("Points of the curve", table) };
}
