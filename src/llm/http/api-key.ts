import { RankwrightError } from "../../types/index.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ApiKey {
  readonly key: string | undefined;
  /** For messages; never the key. */
  readonly source: string | undefined;
}

/**
 * The key to send: the option, else the first variable that is set; `false` sends none. Characters that no
 * header can carry are refused here, because `fetch` would print the key in its complaint.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function findApiKey(
  option: string | false | undefined,
  variables: readonly string[],
  env: Environment,
): ApiKey {
  if (option === false) return { key: undefined, source: undefined };
  if (option !== undefined && typeof option !== "string") {
    const message = "apiKey is not a string; pass the key, or false to send none.";
    throw new RankwrightError("INVALID_OPTION", message, { field: "apiKey" });
  }
  if (option?.trim()) return checked(option, "apiKey or apiKeyEnv");
  for (const name of variables) {
    const value = env[name];
    if (value?.trim()) return checked(value, name);
  }
  return { key: undefined, source: undefined };
}

function checked(text: string, source: string): ApiKey {
  const key = text.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    const message = `${source} holds spaces or other characters that no key has; set it again.`;
    throw new RankwrightError("INVALID_OPTION", message, { field: "apiKey" });
  }
  return { key, source };
}
