import { firstJsonError } from "../../files/first-json-error.js";
import { RankwrightError, show } from "../../types/index.js";
import type { ServerLimits } from "../limits/limits.js";
import { checkShape } from "./check-shape.js";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A body as a JSON object. What nests too deeply or holds too many values is refused before anything is built from
 * it, and so is the key `__proto__`, which no client sends and careless code could trip over.
 *
 * @throws RankwrightError INVALID_REQUEST, REQUEST_TOO_LARGE
 */
export function parseBody(
  bytes: Uint8Array,
  limits: Pick<ServerLimits, "jsonDepth" | "jsonValues">,
): Readonly<Record<string, unknown>> {
  if (bytes.byteLength === 0) refuse("the body is empty; send a JSON object");
  checkShape(bytes, limits);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    refuse("the body is not valid UTF-8; encode it as UTF-8");
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    refuse(`the body is not JSON${whereNot(text)}`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    refuse(`the body is ${Array.isArray(body) ? "an array" : show(body)}; send a JSON object`);
  }
  refusePrototypeKeys(body);
  return body as Readonly<Record<string, unknown>>;
}

/** Finding the place takes longer than parsing does, so it is left out for bodies that would keep others waiting. */
function whereNot(text: string): string {
  if (text.length > 200_000) return "";
  const at = firstJsonError(text) ?? text.length;
  return at >= text.length ? ": it ends too early" : ` from character ${at} on`;
}

function refusePrototypeKeys(body: object): void {
  const open: object[] = [body];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (Object.hasOwn(item, "__proto__")) refuse("the body has a key __proto__; leave it out");
    for (const value of Object.values(item)) {
      if (typeof value === "object" && value !== null) open.push(value);
    }
  }
}

function refuse(message: string): never {
  throw new RankwrightError("INVALID_REQUEST", message, { field: "body" });
}
