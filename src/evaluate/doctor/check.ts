import type { DoctorContext } from "./context.js";

/**
 * `ok`: measured, nothing to do. `notice`: worth knowing, or not proven harmful. `problem`: costs quality or
 * time, and something can be done. `unknown`: what was given does not suffice to say.
 */
export type Verdict = "ok" | "notice" | "problem" | "unknown";

/** What one check has to say. */
export interface Assessment {
  readonly verdict: Verdict;
  /** The one figure that matters most, with its name, in a few words. */
  readonly figure: string;
  /** All figures behind the verdict, for programs; finite. Shares lie in [0, 1], times are in milliseconds. */
  readonly figures: Readonly<Record<string, number>>;
  /** What the figures mean here. */
  readonly text: string;
  /** What to do about it; absent where there is nothing to do. */
  readonly advice?: string;
}

/** An assessment with the name of the check that it comes from. */
export interface Finding extends Assessment {
  readonly check: string;
  readonly title: string;
}

/** What a check cannot do without. */
export type Need = "judgments" | "texts" | "token counts" | "probing";

/** One known way in which a re-ranker fails, and how it is recognised. */
export interface Check {
  /** Stable, in kebab case. */
  readonly id: string;
  /** The question it answers, in a few words. */
  readonly title: string;
  /** Where one of these is not given, the verdict is `unknown` and `run` is not called. */
  readonly needs: readonly Need[];
  run(context: DoctorContext): Assessment | Promise<Assessment>;
}
