import { stripVTControlCharacters } from "node:util";
import type { Redact } from "./redact.js";

/** What a server said of an error, whatever shape it said it in. */
export interface ServerWords {
  /** One line of at most 300 characters, redacted; "" where the server said nothing. */
  readonly message: string;
  /** Its codes, kinds and the field at fault, lower case, joined by spaces. */
  readonly codes: string;
}

const LONGEST = 300;
const MOST_LEVELS = 6;

/** Where messages stand, the most telling first. */
const MESSAGE_KEYS = ["error", "errors", "message", "Message", "detail", "msg", "title"];
const CODE_KEYS = ["code", "type", "error_type", "param", "status"];

/**
 * Reads the body of an error: `{error: {message, type, param, code}}`, `{error, error_type}`, `{message}`,
 * `{detail}` as text or as a list of complaints, lists of any of these, a page of HTML, or plain text.
 */
export function serverWords(body: string, redact: Redact): ServerWords {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { message: oneLine(redact(titleOf(body) ?? body)), codes: "" };
  }
  const codes = new Set<string>();
  collectCodes(json, codes, 0);
  return { message: oneLine(redact(messageIn(json, 0) ?? "")), codes: redact([...codes].join(" ")) };
}

function messageIn(value: unknown, level: number): string | undefined {
  if (typeof value === "string") return value.trim() || undefined;
  if (typeof value !== "object" || value === null || level > MOST_LEVELS) return undefined;
  if (Array.isArray(value)) {
    const all = value.slice(0, 5).map((each) => messageIn(each, level + 1));
    return all.filter((each) => each !== undefined).join("; ") || undefined;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const key of MESSAGE_KEYS) {
    const message = Object.hasOwn(object, key) ? messageIn(object[key], level + 1) : undefined;
    if (message !== undefined) return message + complaint(object);
  }
  return undefined;
}

/** The field of a FastAPI complaint, and what a gateway passes on from behind it. */
function complaint({ loc, metadata }: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(loc)) return ` (${loc.join(".")})`;
  const raw = typeof metadata === "object" && metadata !== null ? Object.entries(metadata) : [];
  const behind = raw.find(([key, value]) => key === "raw" && typeof value === "string");
  return behind === undefined ? "" : `: ${behind[1]}`;
}

function collectCodes(value: unknown, codes: Set<string>, level: number): void {
  if (typeof value !== "object" || value === null || level > MOST_LEVELS) return;
  if (Array.isArray(value)) {
    for (const each of value.slice(0, 5)) collectCodes(each, codes, level + 1);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const known = CODE_KEYS.includes(key) && (typeof inner === "string" || typeof inner === "number");
    if (known) codes.add(String(inner).slice(0, 80).toLowerCase());
    else if (typeof inner === "object") collectCodes(inner, codes, level + 1);
  }
}

/** The title of a page, which is all that a proxy's page has to say. */
function titleOf(text: string): string | undefined {
  if (!/^\s*</.test(text)) return undefined;
  return /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? "";
}

function oneLine(text: string): string {
  const line = stripVTControlCharacters(text.toWellFormed())
    .replace(/(?!\s)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
