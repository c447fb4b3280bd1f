import { show } from "../types/index.js";

/** Names of fields that hold a secret, however they are misspelt; `maxTokens` is none. */
const SECRET_NAME = /(?:key|token|secret|password|auth|authorization|credentials?)$|^headers$/i;

/**
 * The value at a place of a spec, for a message. Keys and headers become `***`, also inside of objects and where
 * their field has a wrong name; of addresses, the user and password go.
 */
export function showSpecValue(path: string, value: unknown): string {
  const names = path.split(/[.[\]]+/);
  if (names.includes("headers") || isSecret(names.at(-1) ?? "", value)) return "***";
  return show(withoutSecrets(value)).replace(/(\w:\/\/)[^\s"@]*@/g, "$1***@");
}

function isSecret(name: string, value: unknown): boolean {
  if (/^(?:api_?key|headers)$/i.test(name)) return true;
  // A key where its variable's name belongs.
  if (name === "apiKeyEnv") return !/^[A-Za-z_]\w*$/.test(String(value));
  return SECRET_NAME.test(name) && typeof value === "string";
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  try {
    return JSON.parse(JSON.stringify(value, (name, inner) => (isSecret(name, inner) ? "***" : inner)));
  } catch {
    return Array.isArray(value) ? "an array" : "an object";
  }
}
