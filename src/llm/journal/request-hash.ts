import { createHash } from "node:crypto";
import type { ChatRequest } from "../chat-model.js";

/**
 * sha256 of what a model is asked, in hexadecimal digits: everything that can change the answer, the model's
 * id included. What is left out and what is given as its default hash alike.
 */
export function requestHash(model: string, request: ChatRequest): string {
  const { messages, temperature = 0, maxTokens, seed, stop = [], topLogprobs = 0, schema } = request;
  const parts = [
    model,
    messages.map(({ role, content }) => [role, content]),
    temperature,
    maxTokens ?? null,
    seed ?? null,
    stop,
    topLogprobs,
    schema ? [schema.name, sorted(schema.schema)] : null,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** A JSON value with the keys of its objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
