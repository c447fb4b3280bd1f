import { abortedError } from "../files/aborted-error.js";
import { type Document, type ErrorCode, RankwrightError, type RerankRequest, show } from "../types/index.js";
import { LIMITS, type Limits } from "./limits.js";

/** A request that holds what it promises, with every candidate as a `Document`. */
export interface ValidRequest extends RerankRequest {
  /** The caller's own objects; strings became `{ text }`. */
  readonly documents: readonly Document[];
  readonly topN: number;
}

/**
 * Checks a request as a JavaScript caller may have written it and fills in what was left out. Nothing of the
 * caller's is changed. An empty text is a document like any other; a `topN` beyond the candidates asks for
 * all of them.
 *
 * @throws RankwrightError EMPTY_QUERY, NO_DOCUMENTS, INVALID_DOCUMENT, INVALID_OPTION, TOO_MANY_DOCUMENTS,
 * DOCUMENT_TOO_LONG, or ABORTED when the signal already is.
 */
export function validateRequest(request: RerankRequest, limits: Limits = LIMITS): ValidRequest {
  if (typeof request !== "object" || request === null) {
    refuse("INVALID_OPTION", "request", request, "pass { query, documents }");
  }
  const { query, documents, topN, instruction, signal, deadlineMs, priority, onProgress } = request;
  const { maxQueryTokens, maxDocumentTokens } = request;
  if (typeof query !== "string" || query.trim() === "") {
    refuse("EMPTY_QUERY", "query", query, "pass the text to rank the documents by");
  }
  const candidates = validateDocuments(documents, limits);
  if (topN !== undefined && !(Number.isInteger(topN) && topN > 0)) {
    refuse("INVALID_OPTION", "topN", topN, "pass a positive whole number, or leave it out to get all");
  }
  for (const [name, most] of Object.entries({ maxQueryTokens, maxDocumentTokens })) {
    if (most !== undefined && !(Number.isInteger(most) && most > 0)) {
      refuse("INVALID_OPTION", name, most, "pass a positive whole number, or leave it out");
    }
  }
  if (deadlineMs !== undefined && !(typeof deadlineMs === "number" && deadlineMs >= 0)) {
    refuse("INVALID_OPTION", "deadlineMs", deadlineMs, "pass milliseconds, 0 or more");
  }
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0)) {
    refuse("INVALID_OPTION", "priority", priority, "pass a whole number, 0 being served first");
  }
  if (instruction !== undefined && typeof instruction !== "string") {
    refuse("INVALID_OPTION", "instruction", instruction, "pass a string");
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    refuse("INVALID_OPTION", "onProgress", onProgress, "pass a function");
  }
  if (signal !== undefined) {
    if (typeof signal?.addEventListener !== "function") {
      refuse("INVALID_OPTION", "signal", signal, "pass the `signal` of an AbortController");
    }
    if (signal.aborted) throw abortedError(signal);
  }
  const all = candidates.length;
  return { ...request, documents: candidates, topN: topN === undefined ? all : Math.min(topN, all) };
}

function validateDocuments(documents: RerankRequest["documents"], limits: Limits): readonly Document[] {
  if (documents !== undefined && documents !== null && !Array.isArray(documents)) {
    refuse("INVALID_OPTION", "documents", documents, "pass an array of strings or { text } objects");
  }
  if (!documents?.length) {
    refuse("NO_DOCUMENTS", "documents", documents, "pass at least one candidate");
  }
  if (documents.length > limits.documents) {
    const mend = `pass at most ${limits.documents}, or raise limits.documents`;
    refuse("TOO_MANY_DOCUMENTS", "documents.length", documents.length, mend);
  }
  // Not `documents.map`, which would skip the holes of a sparse array.
  return Array.from(documents, (document, index) =>
    validateDocument(document, `documents[${index}]`, limits),
  );
}

function validateDocument(given: string | Document, name: string, limits: Limits): Document {
  const document = typeof given === "string" ? { text: given } : given;
  if (typeof document !== "object" || document === null) {
    refuse("INVALID_DOCUMENT", name, document, "pass a string or an object with a string `text`");
  }
  const { text, title, id, score } = document;
  if (typeof text !== "string") {
    refuse("INVALID_DOCUMENT", `${name}.text`, text, "pass a string");
  }
  if (title !== undefined && typeof title !== "string") {
    refuse("INVALID_DOCUMENT", `${name}.title`, title, "pass a string, or leave it out");
  }
  if (id !== undefined && typeof id !== "string") {
    refuse("INVALID_DOCUMENT", `${name}.id`, id, "pass a string, e.g. String(id), or leave it out");
  }
  if (score !== undefined && !Number.isFinite(score)) {
    refuse("INVALID_DOCUMENT", `${name}.score`, score, "pass a finite number, or leave it out");
  }
  const length = text.length + (title?.length ?? 0);
  if (length > limits.documentCharacters) {
    const mend = `split the document into parts of at most ${limits.documentCharacters} characters, or raise limits.documentCharacters`;
    refuse("DOCUMENT_TOO_LONG", `${name}.text.length`, length, mend);
  }
  return document;
}

function refuse(code: ErrorCode, field: string, value: unknown, mend: string): never {
  throw new RankwrightError(code, `${field} is ${show(value)}; ${mend}.`, { field, value });
}
