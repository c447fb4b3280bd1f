import type { RecordedAnswer } from "../answer/run-record.js";
import { inferenceMs } from "./metrics.js";

/** What every ranking says in headers, whatever the words of its body: where time went, and what to know. */
export function answerHeaders(answers: readonly RecordedAnswer[], totalMs: number): Record<string, string> {
  const longest = (read: (answer: RecordedAnswer) => number) => Math.max(0, ...answers.map(read)).toFixed(1);
  const parts = {
    queue: longest(({ timings }) => timings.queueMs),
    tokenize: longest(({ timings }) => timings.stages.tokenize ?? 0),
    inference: longest(({ timings }) => inferenceMs(timings.stages)),
    total: totalMs.toFixed(1),
  };
  const warnings = new Set(answers.flatMap((answer) => answer.warnings.map(({ code }) => code)));
  return {
    "server-timing": Object.entries(parts)
      .map(([name, ms]) => `${name};dur=${ms}`)
      .join(", "),
    ...(warnings.size > 0 && { "x-rankwright-warnings": [...warnings].join(",") }),
  };
}
