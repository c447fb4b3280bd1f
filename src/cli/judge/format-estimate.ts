import type { JudgingEstimate } from "../../rerank/pairwise/index.js";
import { formatTable } from "../terminal/format-table.js";
import type { Style } from "../terminal/style.js";
import { large } from "../terminal/units.js";

/** What judging would take, judge by judge and in sum. */
export function formatEstimate(
  estimates: readonly JudgingEstimate[],
  currency: string | undefined,
  columns: number,
  style: Style,
): string {
  const head = ["judge", "calls", "answered", "prompt tokens", "answer tokens", "cost", "at most"];
  const rows = estimates.map((estimate) => row(estimate.judge, estimate));
  const total = sumOf(estimates);
  const table = formatTable(
    { head, rows: estimates.length > 1 ? [...rows, row("all", total)] : rows },
    columns,
    style,
  );
  const notes = [
    ...(estimates.some(({ basis }) => basis === "guess")
      ? ["Tokens of answers are guessed; models that think before they answer take far more."]
      : []),
    ...(total.tooLong > 0
      ? [`${total.tooLong} questions do not fit their model's context and cannot be asked.`]
      : []),
    ...(total.cost === undefined ? ["The cost is unknown where a judge has no price."] : []),
    ...(currency === undefined ? [] : [`Amounts are in ${currency}.`]),
  ];
  return `${table}${notes.map((note) => `${style.dim(note)}\n`).join("")}`;
}

type Figures = Pick<
  JudgingEstimate,
  "calls" | "known" | "tooLong" | "promptTokens" | "completionTokens" | "cost" | "mostCost"
>;

function row(
  name: string,
  { calls, known, promptTokens, completionTokens, cost, mostCost }: Figures,
): string[] {
  return [
    name,
    String(calls),
    String(known),
    large(promptTokens),
    large(completionTokens),
    amountText(cost),
    amountText(mostCost),
  ];
}

/** All judges together; what is unknown of one is unknown of all. */
export function sumOf(estimates: readonly Figures[]): Figures {
  const add = (key: "calls" | "known" | "tooLong" | "promptTokens" | "completionTokens") =>
    estimates.reduce((sum, estimate) => sum + estimate[key], 0);
  const addKnown = (key: "cost" | "mostCost") =>
    estimates.reduce<number | undefined>((sum, { [key]: amount }) => {
      return sum === undefined || amount === undefined ? undefined : sum + amount;
    }, 0);
  return {
    ...{ calls: add("calls"), known: add("known"), tooLong: add("tooLong") },
    ...{ promptTokens: add("promptTokens"), completionTokens: add("completionTokens") },
    ...{ cost: addKnown("cost"), mostCost: addKnown("mostCost") },
  };
}

/** An amount of money with three digits, or that nobody knows it. */
export function amountText(amount: number | undefined): string {
  if (amount === undefined) return "unknown";
  if (amount === 0) return "0";
  return amount >= 100 ? amount.toFixed(0) : String(Number(amount.toPrecision(3)));
}
