import pino, { type Logger } from "pino";
import type { Io } from "../io.js";
import { oneLine } from "../terminal/display-text.js";
import { styleFor } from "../terminal/style.js";

export interface LogOptions {
  readonly format?: "json" | "text" | undefined;
  readonly level?: "debug" | "info" | "warn" | "error" | "silent" | undefined;
}

/** Log lines on standard error: JSON for machines, on a terminal lines for people. */
export function createLog({ stderr, env }: Io, { format, level = "info" }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const text = format === undefined ? stderr.isTTY === true : format === "text";
  if (!text) return pino(options, { write: (line) => stderr.write(line) });
  const style = styleFor(stderr, env);
  return pino(options, { write: (line) => stderr.write(`${readable(line, style.dim)}\n`) });
}

/** `12:03:11 answered POST /v1/rerank 200 34.5 ms, documents 5, id …` */
function readable(json: string, dim: (text: string) => string): string {
  const { level, time, msg, method, path, status, ms, err, ...others } = JSON.parse(json) as Record<
    string,
    unknown
  >;
  const clock = new Date(String(time)).toTimeString().slice(0, 8);
  const request = [method, path, status, ms !== undefined && `${ms} ms`].filter(Boolean).join(" ");
  const facts = Object.entries(others).map(([name, value]) => `${name} ${String(value)}`);
  const severe = level === "info" || level === "debug" ? "" : `${String(level)}: `;
  const problem = (err as { message?: unknown } | undefined)?.message;
  const line = [request, problem, ...facts].filter((part) => part !== undefined && part !== "").join(", ");
  // Paths and model names come from callers.
  return `${dim(clock)} ${severe}${oneLine(`${String(msg)} ${line}`)}`;
}
