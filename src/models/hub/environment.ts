import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { RankwrightError, show } from "../../types/index.js";
import { type Environment, expandPath, firstSet, hubCacheDir, hubHome } from "./cache-layout.js";

/** What the caller may say; everything else comes from the environment. */
export interface HubOptions {
  /** Default `HF_ENDPOINT`, then the public hub. */
  readonly endpoint?: string | undefined;
  /** `false` sends none. Default `HF_TOKEN`, `HUGGING_FACE_HUB_TOKEN`, then the token file. */
  readonly token?: string | false | undefined;
  /** Never touch the network. Default `HF_HUB_OFFLINE`, `TRANSFORMERS_OFFLINE`. */
  readonly offline?: boolean | undefined;
  /** Default: the cache of Python's huggingface_hub. */
  readonly cacheDir?: string | undefined;
  readonly timeouts?: HubTimeouts | undefined;
  /** Stands in for `process.env`. */
  readonly env?: Environment | undefined;
}

export interface HubTimeouts {
  /** Milliseconds for a whole small request. Default `HF_HUB_ETAG_TIMEOUT` (seconds), then 10 s. */
  readonly requestMs?: number | undefined;
  /** Milliseconds without a byte of a file. Default `HF_HUB_DOWNLOAD_TIMEOUT` (seconds), then 10 s. */
  readonly stallMs?: number | undefined;
}

export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly token: string | undefined;
  /** Where the token came from, for messages; never the token. */
  readonly tokenSource: string | undefined;
  readonly offline: boolean;
  /** Absolute. */
  readonly cacheDir: string;
  readonly symlinks: boolean;
  readonly requestMs: number;
  readonly stallMs: number;
}

const DEFAULT_ENDPOINT = "https://huggingface.co";

/** Options over environment over defaults, checked. @throws INVALID_OPTION */
export async function hubSettings(options: HubOptions): Promise<HubSettings> {
  const env = options.env ?? process.env;
  const { token, source } = await findToken(options.token, env);
  return {
    endpoint: checkEndpoint(options.endpoint ?? firstSet(env, "HF_ENDPOINT") ?? DEFAULT_ENDPOINT),
    token,
    tokenSource: source,
    // As in Python the first variable decides alone once it is set, even to 0.
    offline: options.offline ?? isTrue(firstSet(env, "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")),
    cacheDir: options.cacheDir === undefined ? hubCacheDir(env) : resolve(expandPath(options.cacheDir, env)),
    symlinks: !isTrue(env.HF_HUB_DISABLE_SYMLINKS),
    requestMs: milliseconds("requestMs", options.timeouts?.requestMs, "HF_HUB_ETAG_TIMEOUT", env),
    stallMs: milliseconds("stallMs", options.timeouts?.stallMs, "HF_HUB_DOWNLOAD_TIMEOUT", env),
  };
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ["1", "ON", "YES", "TRUE"].includes(value.toUpperCase());
}

function checkEndpoint(endpoint: string): string {
  const fail = (why: string, shown: string) => {
    const message = `endpoint ${shown} ${why}: give an address such as ${DEFAULT_ENDPOINT}, or unset HF_ENDPOINT`;
    return new RankwrightError("INVALID_OPTION", message, { field: "endpoint" });
  };
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url !== undefined && (url.username !== "" || url.password !== "")) {
    throw fail("holds a user name or password", show(url.host));
  }
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw fail("is no http(s) address", show(endpoint));
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

function milliseconds(field: string, option: number | undefined, variable: string, env: Environment): number {
  if (option !== undefined) {
    if (option > 0 && Number.isFinite(option)) return option;
    throw new RankwrightError(
      "INVALID_OPTION",
      `timeouts.${field} is ${show(option)}: give milliseconds above 0`,
      {
        field: `timeouts.${field}`,
        value: option,
      },
    );
  }
  const text = firstSet(env, variable);
  if (text === undefined) return 10_000;
  const seconds = Number(text);
  if (!(seconds >= 0 && Number.isFinite(seconds))) {
    throw new RankwrightError("INVALID_OPTION", `${variable} is ${show(text)}: give a number of seconds`, {
      field: variable,
      value: text,
    });
  }
  return seconds === 0 ? 10_000 : seconds * 1000;
}

async function findToken(
  option: string | false | undefined,
  env: Environment,
): Promise<{ token?: string; source?: string }> {
  if (option === false) return {};
  if (option !== undefined) return checkToken(option, "the token option");
  if (isTrue(env.HF_HUB_DISABLE_IMPLICIT_TOKEN)) return {};
  for (const name of ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"]) {
    const value = env[name];
    if (value?.trim()) return checkToken(value, name);
  }
  const named = firstSet(env, "HF_TOKEN_PATH");
  const file = named === undefined ? join(hubHome(env), "token") : expandPath(named, env);
  // A missing or unreadable file is the same as not being logged in.
  const text = await readFile(file, "utf8").catch(() => "");
  return checkToken(text, named === undefined ? "the token file of HF_HOME" : "the file of HF_TOKEN_PATH");
}

/** Keeps characters out that no header can carry: the error of `fetch` would print the token. */
function checkToken(text: string, source: string): { token?: string; source?: string } {
  const token = text.trim();
  if (token === "") return {};
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `${source} holds spaces or other characters that no token has: set HF_TOKEN again`,
      { field: "token" },
    );
  }
  return { token, source };
}
