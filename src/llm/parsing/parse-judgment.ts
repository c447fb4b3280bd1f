import type { AnswerClass, AnswerText } from "./answer-class.js";
import { finalText } from "./final-text.js";
import { looksRefused } from "./refusal.js";

/** JSON Schema of what a `judge` prompt asks for. */
export const JUDGMENT_SCHEMA = {
  name: "judgment",
  schema: {
    type: "object",
    properties: {
      thoughts: { type: "string", description: "What the query asks for and what each document offers." },
      score: { type: "number", description: "From -1 (document A is better) to 1 (document B is better)." },
    },
    required: ["thoughts", "score"],
    additionalProperties: false,
  },
} as const;

export interface ParsedJudgment {
  /** From −1, the first document is better, to 1; absent where the answer is of no use. */
  readonly score?: number | undefined;
  readonly thoughts?: string | undefined;
  readonly class: AnswerClass;
}

/**
 * Reads the answer to a `judge` prompt: a JSON object with a `score` in [−1, 1], alone (`ok`) or among other text
 * (`wrong_format`). A number out of range is of no use: it is not known what it should mean.
 */
export function parseJudgment({ text, finish, refusal }: AnswerText): ParsedJudgment {
  if (refusal !== undefined || finish === "content_filter") return { class: "refused" };
  const { text: final, unfinished } = finalText(text);
  if (unfinished) return { class: "truncated" };
  if (final === "") return { class: finish === "length" ? "truncated" : "empty" };
  const whole = readJudgment(final.replace(/^```(?:json)?\s*|\s*```$/g, ""));
  if (whole) return { ...whole, class: "ok" };
  // The last object of the text, where an answer follows reasons.
  for (const [part] of [...final.matchAll(/\{[^{}]*\}/g)].reverse()) {
    const judgment = readJudgment(part);
    if (judgment) return { ...judgment, class: "wrong_format" };
  }
  if (looksRefused(final)) return { class: "refused" };
  return { class: finish === "length" ? "truncated" : "wrong_format" };
}

function readJudgment(json: string): { score: number; thoughts?: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("score" in value)) return undefined;
  const { score, thoughts } = value as { score: unknown; thoughts?: unknown };
  const number = typeof score === "string" && /^[-+]?\d*\.?\d+$/.test(score.trim()) ? Number(score) : score;
  if (typeof number !== "number" || !(number >= -1 && number <= 1)) return undefined;
  return { score: number, ...(typeof thoughts === "string" && { thoughts }) };
}
