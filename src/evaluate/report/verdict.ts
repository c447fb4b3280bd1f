import type { Comparison } from "./evaluation-report.js";
import { html, type Markup } from "./html.js";
import { count, interval, measureValue, pValue, signed, usable } from "./numbers.js";
import { isSignificant, type ReportView } from "./report-view.js";

export interface Verdict {
  readonly tone: "better" | "worse" | "unclear";
  readonly sentence: Markup;
}

/** What the comparisons say, the best system first; a plain statement where there is nothing to compare. */
export function verdicts(view: ReportView): readonly Verdict[] {
  if (view.headline.length > 0) return view.headline.map((comparison) => verdictOf(comparison));
  const { bestModel, firstStage, primary } = view;
  const system = bestModel ?? firstStage;
  if (!system || primary === "") return [];
  const sentence = html`<bdi>${system.name}</bdi> reaches ${measureValue(system.means[primary])} ${primary}; it was compared with nothing.`;
  return [{ tone: "unclear", sentence }];
}

function verdictOf(comparison: Comparison): Verdict {
  const { system, baseline, measure, difference } = comparison;
  const names = { system: html`<bdi>${system}</bdi>`, baseline: html`<bdi>${baseline}</bdi>` };
  const size = html`<strong>${signed(Math.abs(difference)).replace("+", "")}</strong> ${measure}`;
  const rest = html` ${evidence(comparison)}; ${outcomes(comparison)}.`;
  if (isSignificant(comparison) && difference > 0) {
    return { tone: "better", sentence: html`${names.system} beats ${names.baseline} by ${size}${rest}` };
  }
  if (isSignificant(comparison) && difference < 0) {
    return {
      tone: "worse",
      sentence: html`${names.system} is worse than ${names.baseline} by ${size}${rest}`,
    };
  }
  const where = html`${names.system} is ${size} ${difference < 0 ? "below" : "above"} ${names.baseline}`;
  const same = html`${names.system} and ${names.baseline} have the same ${measure}`;
  return {
    tone: "unclear",
    sentence: html`No clear difference: ${measureValue(Math.abs(difference)) === "0.0000" ? same : where}${rest}`,
  };
}

function evidence({ low, high, p, pHolm }: Comparison): Markup {
  const parts: string[] = [];
  if (usable(low) && usable(high)) parts.push(`95 % interval ${interval(low, high)}`);
  if (usable(pHolm)) parts.push(`${pValue(pHolm)} after Holm`);
  else if (usable(p)) parts.push(pValue(p));
  return html`${parts.length > 0 ? `(${parts.join(", ")})` : "(too few queries to tell)"}`;
}

function outcomes({ wins, ties, losses }: Comparison): string {
  return `${some(wins, "win")}, ${some(ties, "tie")}, ${some(losses, "loss", "es")}`;
}

function some(number: number, one: string, ending = "s"): string {
  return `${count(number)} ${one}${number === 1 ? "" : ending}`;
}
