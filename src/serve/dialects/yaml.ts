// Texts that YAML would read as something else than text when they stand without quotes: what begins with an
// indicator, holds ": " or " #", has space around it, or looks like a number, a date, a truth value or null.
const INDICATOR = /^[\s\-?:,[\]{}#&*!|>'"%@`=~]|: |:$| #|\s$/;
const OTHER_KIND =
  /^(?:null|true|false|yes|no|on|off|y|n|[-+]?[.\d][\da-fxo_.:e+TZ\s-]*|[-+]?\.(?:inf|nan))$/i;
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;

/**
 * A JSON value as YAML in block style with keys in the order given, the form in which rerankers are given documents
 * that have parts. Text is written plainly where YAML allows it, text of several lines as a literal block.
 * Recursive: the caller bounds the depth.
 */
export function toYaml(value: unknown): string {
  return block(value, "").replace(/^\n/, "");
}

/** A value as it follows a `-` or a `key:`, with the white space between. */
function block(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" ? text(value.toWellFormed(), indent) : JSON.stringify(value);
  }
  const isList = Array.isArray(value);
  const entries: [string, unknown][] = isList ? value.map((item) => ["-", item]) : Object.entries(value);
  if (entries.length === 0) return isList ? "[]" : "{}";
  return entries
    .map(([key, item]) => {
      const inner = block(item, `${indent}  `);
      return `\n${indent}${isList ? key : `${text(key.toWellFormed(), undefined)}:`}${inner.startsWith("\n") ? "" : " "}${inner}`;
    })
    .join("");
}

/** Without an indent only one line is allowed, as for a key. */
function text(value: string, indent: string | undefined): string {
  if (value.includes("\n") && indent !== undefined && /^[^\s]/.test(value) && !UNPRINTABLE.test(value)) {
    const end = /\n*$/.exec(value)?.[0].length ?? 0;
    const lines = value.slice(0, value.length - end).split("\n");
    const kept = end > 1 ? "\n".repeat(end - 1) : "";
    const body = lines.map((line) => (line === "" ? "" : `${indent}${line}`)).join("\n");
    return `|${end === 0 ? "-" : end === 1 ? "" : "+"}\n${body}${kept}`;
  }
  const plain =
    value !== "" &&
    !/[\n\t]/.test(value) &&
    ![INDICATOR, OTHER_KIND, UNPRINTABLE].some((form) => form.test(value));
  return plain ? value : quoted(value);
}

/** As JSON, whose strings YAML reads, with escapes for what YAML takes for the end of a line and JSON does not. */
function quoted(value: string): string {
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, code);
}
