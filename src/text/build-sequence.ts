import type { DocumentTokens } from "./document-tokens.js";
import type { Sequence } from "./encoded-pair.js";
import type { PairTemplate, SpecialRun } from "./tokenizer.js";
import type { TokenRange } from "./windows.js";

/** Puts a query and some ranges of a document's tokens between special tokens. */
export function buildSequence(
  template: PairTemplate,
  query: Int32Array,
  document: DocumentTokens,
  ranges: readonly TokenRange[],
): Sequence {
  const { before, between, after } = template;
  let length = before.ids.length + query.length + between.ids.length + after.ids.length;
  for (const { from, to } of ranges) length += to - from;
  const ids = new Int32Array(length);
  const typeIds = new Int32Array(length);
  let at = putSpecials(ids, typeIds, 0, before);
  ids.set(query, at);
  typeIds.fill(template.queryType, at, at + query.length);
  at = putSpecials(ids, typeIds, at + query.length, between);
  typeIds.fill(template.documentType, at, length - after.ids.length);
  for (const { from, to } of ranges) for (let i = from; i < to; i++) ids[at++] = document.ids[i]!;
  putSpecials(ids, typeIds, at, after);
  return { ids, typeIds, window: textWindow(document, ranges) };
}

function putSpecials(ids: Int32Array, typeIds: Int32Array, at: number, run: SpecialRun): number {
  for (let i = 0; i < run.ids.length; i++) {
    ids[at + i] = run.ids[i]!;
    typeIds[at + i] = run.types[i]!;
  }
  return at + run.ids.length;
}

/** From the first word of the text in the ranges to the last, title excluded. */
function textWindow(document: DocumentTokens, ranges: readonly TokenRange[]): [number, number] {
  const { starts, ends, titleTokens, textStart } = document;
  let first = -1;
  let last = -1;
  for (const { from, to } of ranges) {
    if (to <= Math.max(from, titleTokens)) continue;
    if (first === -1) first = Math.max(from, titleTokens);
    last = to - 1;
  }
  if (first === -1) return [0, 0];
  return [Math.max(0, starts[first]! - textStart), Math.max(0, ends[last]! - textStart)];
}
