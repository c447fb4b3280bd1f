import type { Logger } from "pino";
import type { PartRecord } from "../../types/index.js";
import { statusOf } from "../dialects/errors.js";
import type { Exchange } from "../exchange.js";
import { inferenceMs } from "./metrics.js";

/**
 * Writes one line for a request. Query and documents stay out of it, and so do the messages of errors that quote
 * them, unless texts are asked for.
 */
export function logExchange(logger: Logger, exchange: Exchange, status: number, text: boolean): void {
  const { id, method, path, route, started, dialect, documents, query, answers, error } = exchange;
  const timings = answers?.[0]?.timings;
  const line = {
    id,
    method,
    // An unknown path may hold anything.
    path: route === "other" && !text ? undefined : path,
    status,
    ms: round(performance.now() - started),
    dialect: dialect?.name,
    model: answers?.[0]?.model,
    documents,
    tokens: answers?.reduce((sum, { usage }) => sum + usage.tokens, 0),
    queueMs: round(timings?.queueMs),
    inferenceMs: timings && round(inferenceMs(timings.stages)),
    warnings: codesOf(answers),
    failed: failuresOf(answers),
    code: error?.code,
    field: error?.field,
    query: text ? query : undefined,
  };
  if (error === undefined) {
    // Probes and the page ask so often that their success is not worth a line.
    logger[method === "POST" ? "info" : "debug"](line, "answered");
  } else if (
    statusOf(error.code) >= 500 &&
    error.code !== "SHUTTING_DOWN" &&
    error.code !== "DEADLINE_EXCEEDED"
  ) {
    // These messages are about the server, not about what was sent.
    logger.error({ ...line, err: error }, "failed");
  } else {
    logger.info({ ...line, message: text ? error.message : undefined }, "refused");
  }
}

function round(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 10) / 10;
}

function codesOf(answers: Exchange["answers"]): string | undefined {
  const codes = new Set(answers?.flatMap(({ warnings }) => warnings.map(({ code }) => code)));
  return codes.size === 0 ? undefined : [...codes].join(",");
}

/** Which parts of the rerankers gave no ranking, and why. */
function failuresOf(answers: Exchange["answers"]): string | undefined {
  const of = (parts: readonly PartRecord[] = []): string[] =>
    parts.flatMap(({ model, outcome, code, parts: inner }) =>
      outcome === "failed" ? [`${model} ${code}`] : of(inner),
    );
  const failures = new Set(answers?.flatMap(({ record }) => of(record.parts)));
  return failures.size === 0 ? undefined : [...failures].join(", ");
}
