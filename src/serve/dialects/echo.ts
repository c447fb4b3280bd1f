import type { Document } from "../../types/index.js";
import type { SentDocument } from "./documents.js";

/**
 * A document repeated as an object that has `text`, which is what Cohere's, Jina's and vLLM's clients read, with the
 * other fields it was sent with. The text is what the model read, unless the object had one of its own.
 */
export function objectEcho(sent: readonly SentDocument[], read: readonly Document[], index: number): object {
  const given = sent[index];
  const text = read[index]?.text ?? "";
  if (typeof given !== "object") return { text };
  return typeof given.text === "string"
    ? given
    : Object.fromEntries([...Object.entries(given), ["text", text]]);
}
