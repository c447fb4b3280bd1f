import { abortedError } from "../../files/aborted-error.js";
import type { Assessment, Check, Finding, Need } from "./check.js";
import { CHECKS } from "./checks.js";
import { type DoctorContext, doctorContext } from "./context.js";
import type { DoctorInput } from "./input.js";

export interface ExamineOptions {
  /** Default: all. */
  readonly checks?: readonly Check[] | undefined;
  /** Checked between checks, and handed to `rescore`. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each check with the number of those done, and once at the end. */
  readonly onProgress?: ((done: number, total: number, title: string) => void) | undefined;
}

/**
 * Goes through the known ways in which a re-ranker fails, one finding per check, in the order of the checks.
 * A check that throws becomes a finding of its own, `unknown`, and the others still run.
 *
 * @throws RankwrightError ABORTED
 */
export async function examine(input: DoctorInput, options: ExamineOptions = {}): Promise<readonly Finding[]> {
  const { checks = CHECKS, signal, onProgress } = options;
  const context = doctorContext(input, signal);
  const findings: Finding[] = [];
  for (const check of checks) {
    if (signal?.aborted) throw abortedError(signal);
    onProgress?.(findings.length, checks.length, check.title);
    findings.push({ check: check.id, title: check.title, ...(await assess(check, context, signal)) });
  }
  onProgress?.(checks.length, checks.length, "");
  return findings;
}

const MISSING: Readonly<Record<Need, string>> = {
  judgments: "relevance judgments of the examined queries",
  texts: "the texts of the candidates",
  "token counts": "a model that reports how many tokens of each document it read",
  probing: "leave to run the model on further texts",
};

async function assess(check: Check, context: DoctorContext, signal?: AbortSignal): Promise<Assessment> {
  const missing = check.needs.filter((need) => !context.has(need));
  if (missing.length > 0) {
    const text = `Saying this takes ${missing.map((need) => MISSING[need]).join(" and ")}.`;
    return { verdict: "unknown", figure: "not measured", figures: {}, text };
  }
  try {
    return await check.run(context);
  } catch (error) {
    if (signal?.aborted) throw abortedError(signal);
    const reason = error instanceof Error ? error.message : String(error);
    return { verdict: "unknown", figure: "not measured", figures: {}, text: `The check failed: ${reason}` };
  }
}
