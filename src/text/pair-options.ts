import { RankwrightError, show } from "../types/index.js";
import type { WindowAggregate } from "./aggregate-windows.js";
import type { PairTemplate } from "./tokenizer.js";

/** Keep the first `head` and the last `tail` tokens of a document that does not fit. */
export interface HeadTail {
  readonly head: number;
  readonly tail: number;
}

/**
 * What gives way when a pair is too long: the document (`only_second`), the longer side
 * (`longest_first`), the middle of the document (`head_tail`, which is 200 + 100 tokens, or numbers of
 * your own), or nothing (`error`: DOCUMENT_TRUNCATED).
 */
export type Truncation = "only_second" | "longest_first" | "head_tail" | "error" | HeadTail;

/** Read a long document in several overlapping windows instead of cutting it. */
export interface WindowOptions {
  /** Tokens of the document's text per window; less where query and title leave no room. Default: 256. */
  readonly tokens?: number | undefined;
  /** Tokens that neighbouring windows share. Default: a quarter of `tokens`. */
  readonly overlap?: number | undefined;
  /** At most so many windows a document, from its start. Default: 8. */
  readonly maxWindows?: number | undefined;
  /** Default: `max`. */
  readonly aggregate?: WindowAggregate | undefined;
  /** For `top_k`. Default: 3. */
  readonly topK?: number | undefined;
}

/** How much of each side is read at most, in tokens; what is beyond is cut off at the end. */
export interface TokenCaps {
  /** Of the query. */
  readonly maxQueryTokens?: number | undefined;
  /** Of a document, title included; with windows, of all of them together. */
  readonly maxDocumentTokens?: number | undefined;
}

export interface PairOptions extends TokenCaps {
  /** Longest sequence, special tokens included. */
  readonly maxTokens: number;
  /** Default: `only_second`. */
  readonly truncation?: Truncation | undefined;
  /**
   * Longest query in tokens; what is beyond is cut off first of all. Default: half of what the special
   * tokens leave; no limit of its own with `longest_first` and `error`.
   */
  readonly maxQueryTokens?: number | undefined;
  /** Default: what fits. */
  readonly maxDocumentTokens?: number | undefined;
  readonly windows?: WindowOptions | undefined;
}

/** Options checked and complete. */
export interface PairSettings {
  /** Tokens for query and document together. */
  readonly room: number;
  /** Tokens that a query keeps at most; Infinity where only `room` limits it. */
  readonly queryCap: number;
  /** Tokens of a document that are read at most; Infinity where only `room` or the windows limit it. */
  readonly documentCap: number;
  readonly policy: "only_second" | "longest_first" | "head_tail" | "error";
  /** For `head_tail`. */
  readonly headTail: HeadTail;
  readonly windows: Required<{ [K in keyof WindowOptions]: NonNullable<WindowOptions[K]> }> | undefined;
}

const HEAD_TAIL: HeadTail = { head: 200, tail: 100 };
const POLICIES = ["only_second", "longest_first", "head_tail", "error"] as const;
const AGGREGATES: readonly WindowAggregate[] = ["max", "mean", "top_k", "first"];

/** @throws INVALID_OPTION naming the option, its value and its range */
export function pairSettings(options: PairOptions, template: PairTemplate): PairSettings {
  const specials = template.before.ids.length + template.between.ids.length + template.after.ids.length;
  // One token of the query and one of the document, at the very least.
  requireWhole(options.maxTokens, "maxTokens", specials + 2, Number.MAX_SAFE_INTEGER);
  const room = options.maxTokens - specials;
  const { policy, headTail } = readTruncation(options.truncation ?? "only_second");
  const windows = options.windows === undefined ? undefined : readWindows(options.windows, policy);
  if (options.maxQueryTokens !== undefined)
    requireWhole(options.maxQueryTokens, "maxQueryTokens", 1, room - 1);
  if (options.maxDocumentTokens !== undefined)
    requireWhole(options.maxDocumentTokens, "maxDocumentTokens", 1, Number.MAX_SAFE_INTEGER);
  const uncapped = policy === "longest_first" || (policy === "error" && windows === undefined);
  return {
    room,
    queryCap: options.maxQueryTokens ?? (uncapped ? Number.POSITIVE_INFINITY : Math.floor(room / 2)),
    documentCap: options.maxDocumentTokens ?? Number.POSITIVE_INFINITY,
    policy,
    headTail,
    windows,
  };
}

function readTruncation(truncation: Truncation): Pick<PairSettings, "policy" | "headTail"> {
  if (typeof truncation === "object" && truncation !== null) {
    requireWhole(truncation.head, "truncation.head", 0, Number.MAX_SAFE_INTEGER);
    requireWhole(truncation.tail, "truncation.tail", truncation.head === 0 ? 1 : 0, Number.MAX_SAFE_INTEGER);
    return { policy: "head_tail", headTail: { head: truncation.head, tail: truncation.tail } };
  }
  const policy = POLICIES.find((name) => name === truncation);
  if (policy === undefined) {
    throw invalidOption("truncation", truncation, `use one of ${POLICIES.join(", ")}, or { head, tail }.`);
  }
  return { policy, headTail: HEAD_TAIL };
}

function readWindows(options: WindowOptions, policy: PairSettings["policy"]): PairSettings["windows"] {
  if (typeof options !== "object" || options === null) {
    throw invalidOption("windows", options, "an object such as { tokens: 256 } is needed.");
  }
  if (policy === "longest_first" || policy === "head_tail") {
    throw invalidOption(
      "truncation",
      policy,
      "with windows, which read the whole document, use only_second or error.",
    );
  }
  const tokens = options.tokens ?? 256;
  requireWhole(tokens, "windows.tokens", 1, Number.MAX_SAFE_INTEGER);
  const overlap = options.overlap ?? Math.floor(tokens / 4);
  requireWhole(overlap, "windows.overlap", 0, tokens - 1);
  const maxWindows = options.maxWindows ?? 8;
  requireWhole(maxWindows, "windows.maxWindows", 1, Number.MAX_SAFE_INTEGER);
  const topK = options.topK ?? 3;
  requireWhole(topK, "windows.topK", 1, Number.MAX_SAFE_INTEGER);
  const aggregate = options.aggregate ?? "max";
  if (!AGGREGATES.includes(aggregate)) {
    throw invalidOption("windows.aggregate", aggregate, `use one of ${AGGREGATES.join(", ")}.`);
  }
  return { tokens, overlap, maxWindows, topK, aggregate };
}

function requireWhole(value: number, field: string, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw invalidOption(field, value, `a whole number ${range} is needed.`);
}

function invalidOption(field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}: ${mend}`, { field, value });
}
