import { Rewriter } from "../normalized.js";
import { unitsOf } from "../unicode/code-points.js";
import type { Normalizer } from "./normalizer.js";

/** A normalizer that looks at one character at a time; `map` returns undefined to keep it as it is. */
export function mapCharacters(map: (codePoint: number) => string | undefined): Normalizer {
  return (source) => {
    const { text } = source;
    const rewriter = new Rewriter(source);
    for (let i = 0; i < text.length; ) {
      const codePoint = text.codePointAt(i)!;
      const next = i + unitsOf(codePoint);
      const mapped = map(codePoint);
      if (mapped !== undefined) rewriter.replace(i, next, mapped);
      i = next;
    }
    return rewriter.finish();
  };
}
