import { Rewriter } from "../normalized.js";
import { isWhitespace } from "../unicode/whitespace.js";
import type { Normalizer } from "./normalizer.js";

/** Replaces every occurrence of a literal string. */
export function replaceString(pattern: string, content: string): Normalizer {
  return (source) => {
    const rewriter = new Rewriter(source);
    for (let at = source.text.indexOf(pattern); at !== -1; ) {
      rewriter.replace(at, at + pattern.length, content);
      at = source.text.indexOf(pattern, at + pattern.length);
    }
    return rewriter.finish();
  };
}

/** Runs of one character, or of any whitespace: what the expressions in published files say. */
export interface RunPattern {
  readonly unit: number | "whitespace";
  readonly least: number;
}

/** Reads ` {2,}`, `\s+` and the like; undefined for any other expression. */
export function parseRunPattern(expression: string): RunPattern | undefined {
  const match = /^( |\\s|▁)(?:(\+)|\{(\d+),\})$/u.exec(expression);
  if (match === null) return undefined;
  const unit = match[1] === "\\s" ? "whitespace" : match[1]!.charCodeAt(0);
  return { unit, least: match[2] === undefined ? Math.max(1, Number(match[3])) : 1 };
}

/** Replaces every run of at least `least` such characters. */
export function replaceRuns({ unit, least }: RunPattern, content: string): Normalizer {
  const belongs = unit === "whitespace" ? isWhitespace : (c: number) => c === unit;
  const probe = unit === "whitespace" ? undefined : String.fromCharCode(unit).repeat(least);
  return (source) => {
    const { text } = source;
    const rewriter = new Rewriter(source);
    for (let at = probe === undefined ? 0 : text.indexOf(probe); at !== -1 && at < text.length; ) {
      let end = at;
      while (end < text.length && belongs(text.charCodeAt(end))) end++;
      if (end - at >= least) rewriter.replace(at, end, content);
      at = probe === undefined ? Math.max(end, at + 1) : text.indexOf(probe, end);
    }
    return rewriter.finish();
  };
}
