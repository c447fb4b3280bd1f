const SPACE = /[ \t\n\r]*/y;
/** A mark, a number or a word. Strings, which may be megabytes, go piece by piece. */
const TOKEN = /[[\]{},:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING_PIECE = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end";

/**
 * Offset (UTF-16 units) at which `text` stops being JSON, or its length when it merely ends too early;
 * undefined for valid JSON. `JSON.parse` does not always say where.
 */
export function firstJsonError(text: string): number | undefined {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "value";
  for (let at = 0; ; ) {
    at += matchAt(SPACE, text, at);
    const finished = expected === ", or end" && open.length === 0;
    if (at === text.length) return finished ? undefined : at;
    const isString = text[at] === '"';
    const length = isString ? 1 : matchAt(TOKEN, text, at);
    if (finished || length === 0) return at;
    const next = after(expected, isString ? "string" : text.slice(at, at + length), open);
    if (next === undefined) return at;
    expected = next;
    at += length;
    if (!isString) continue;
    for (let piece = 1; piece > 0; at += piece) piece = matchAt(STRING_PIECE, text, at);
    if (text[at] !== '"') return at;
    at++;
  }
}

/** Length of the match of a sticky regex at an offset; 0 for none. */
function matchAt(regex: RegExp, text: string, at: number): number {
  regex.lastIndex = at;
  return regex.exec(text)?.[0].length ?? 0;
}

/** What may follow a token; undefined where the token itself may not stand. Keeps `open` up to date. */
function after(expected: Expected, token: string, open: ("[" | "{")[]): Expected | undefined {
  const inside = open.at(-1);
  switch (expected) {
    case "key":
    case "key or }":
      if (token === "}" && expected === "key or }") break;
      return token === "string" ? ":" : undefined;
    case ":":
      return token === ":" ? "value" : undefined;
    case ", or end":
      if (token === ",") return inside === "{" ? "key" : "value";
      if (token !== (inside === "{" ? "}" : "]")) return undefined;
      break;
    default:
      if (token === "[" || token === "{") {
        open.push(token);
        return token === "{" ? "key or }" : "value or ]";
      }
      if (token === "]" && expected === "value or ]") break;
      return /^[\]},:]/.test(token) ? undefined : ", or end";
  }
  open.pop();
  return ", or end";
}
