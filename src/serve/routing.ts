import { RankwrightError } from "../types/index.js";
import type { Arrival, Body, Dialect } from "./dialects/dialect.js";
import { type Chosen, Dispatcher } from "./dialects/index.js";
import type { DialectSettings } from "./dialects/settings.js";
import { native } from "./native.js";

/** Finds the dialect of a request: the native one below its prefix, else as the dispatcher of dialects says. */
export class Router {
  readonly #dispatcher: Dispatcher;
  readonly #prefixes: ReadonlySet<string>;

  /** @throws RankwrightError INVALID_OPTION */
  constructor(settings: Partial<DialectSettings>) {
    this.#dispatcher = new Dispatcher(settings);
    this.#prefixes = new Set(this.dialects.map(({ name, prefix }) => prefix ?? name));
  }

  /** The native one first. */
  get dialects(): readonly Dialect[] {
    return [native, ...this.#dispatcher.dialects];
  }

  /** Whether a POST to this path can be a request for a ranking. */
  answers(path: string): boolean {
    const inner = nativePath(path);
    return inner === undefined ? this.#dispatcher.answers(path) : native.paths.includes(inner);
  }

  /** @throws RankwrightError UNKNOWN_ROUTE where `answers` says no */
  choose(path: string, headers: Arrival["headers"], body: Body): Chosen {
    if (this.answers(path)) return this.#find(path, headers, body);
    const message = `nothing is asked with POST at ${path}; /openapi.json lists what is`;
    throw new RankwrightError("UNKNOWN_ROUTE", message, { field: "path" });
  }

  /** In whose words an error is said when the body could not be read, or the path is unknown. */
  forError(path: string, headers: Arrival["headers"]): Dialect {
    return this.#find(path, headers, undefined).dialect;
  }

  /** A path below the prefix of a dialect without it. */
  withoutPrefix(path: string): string {
    const [, prefix = "", rest = "/"] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    return this.#prefixes.has(prefix) ? rest : path;
  }

  #find(path: string, headers: Arrival["headers"], body: Body | undefined): Chosen {
    const inner = nativePath(path);
    if (inner !== undefined) return { dialect: native, arrival: { path: inner, headers } };
    return this.#dispatcher.choose(path, headers, body);
  }
}

function nativePath(path: string): string | undefined {
  const prefix = `/${native.name}`;
  if (path === prefix) return "/";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}
