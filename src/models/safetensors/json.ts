import { show } from "../../types/index.js";

/** Deeper than any honest header or index; keeps later recursion over the value harmless. */
const MAX_DEPTH = 8;

/**
 * JSON.parse for text from strangers: refuses deep nesting, and duplicate keys, of which JSON.parse would
 * silently keep the last. Throws SyntaxError.
 */
export function parseStrictJson(text: string): unknown {
  const duplicate = findDuplicateKey(text);
  const value: unknown = JSON.parse(text);
  if (duplicate !== undefined) throw new SyntaxError(`the key ${duplicate} occurs twice`);
  return value;
}

/** Path of the first key that its object already has. Text that is no JSON gives no useful answer. */
function findDuplicateKey(text: string): string | undefined {
  const frames: { readonly keys: Set<string>; key: string }[] = [];
  let duplicate: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "{" || char === "[") {
      if (frames.length === MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH} levels`);
      frames.push({ keys: new Set(), key: "" });
    } else if (char === "}" || char === "]") {
      frames.pop();
    } else if (char === '"') {
      const end = closingQuote(text, at);
      const frame = frames.at(-1);
      if (frame !== undefined && isKey(text, end)) {
        frame.key = JSON.parse(text.slice(at, end + 1)) as string;
        if (frame.keys.has(frame.key)) duplicate ??= show(frames.map(({ key }) => key).join("."));
        frame.keys.add(frame.key);
      }
      at = end;
    }
  }
  return duplicate;
}

function closingQuote(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** A string is a key when a colon follows. */
function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return text[at] === ":";
}
