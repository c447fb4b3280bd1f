import { Rewriter } from "../normalized.js";
import { isWhitespace } from "../unicode/whitespace.js";
import type { Normalizer } from "./normalizer.js";

/** Removes whitespace from the ends of the whole text. */
export function strip(left: boolean, right: boolean): Normalizer {
  return (source, edges) => {
    const { text } = source;
    let start = 0;
    let end = text.length;
    if (left && edges.first) while (start < end && isWhitespace(text.charCodeAt(start))) start++;
    if (right && edges.last) while (end > start && isWhitespace(text.charCodeAt(end - 1))) end--;
    const rewriter = new Rewriter(source);
    if (start > 0) rewriter.replace(0, start, "");
    if (end < text.length) rewriter.replace(end, text.length, "");
    return rewriter.finish();
  };
}
