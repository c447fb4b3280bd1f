import { RankwrightError, show } from "../../types/index.js";
import { cohereV1 } from "./cohere-v1.js";
import { cohereV2 } from "./cohere-v2.js";
import type { Arrival, Body, Dialect } from "./dialect.js";
import { infinity } from "./infinity.js";
import { jina } from "./jina.js";
import { librechat } from "./librechat.js";
import { llamaCpp } from "./llama-cpp.js";
import { mixedbread } from "./mixedbread.js";
import { nvidia } from "./nvidia.js";
import { pinecone } from "./pinecone.js";
import { DIALECT_SETTINGS, type DialectSettings } from "./settings.js";
import { superset } from "./superset.js";
import { tei } from "./tei.js";
import { teiPredict } from "./tei-predict.js";
import { vllm } from "./vllm.js";
import { vllmScore } from "./vllm-score.js";
import { voyage } from "./voyage.js";
import { weaviate } from "./weaviate.js";
import { zeroEntropy } from "./zeroentropy.js";

/**
 * In the order in which they are asked whether a body on a shared path is theirs. Those after the superset are never
 * asked, because what they are sent looks alike; a prefix or a fixed path chooses them.
 */
const DIALECTS = [
  tei,
  weaviate,
  librechat,
  mixedbread,
  nvidia,
  pinecone,
  voyage,
  teiPredict,
  vllmScore,
  zeroEntropy,
  superset,
  cohereV2,
  cohereV1,
  jina,
  vllm,
  llamaCpp,
  infinity,
];

/** A dialect for what has arrived. */
export interface Chosen {
  readonly dialect: Dialect;
  /** To hand to it, without the prefix. */
  readonly arrival: Arrival;
}

/** Chooses the dialect of each request: by prefix or fixed path, else by path and then by what the body looks like. */
export class Dispatcher {
  readonly settings: DialectSettings;
  readonly dialects: readonly Dialect[];
  readonly #byName: ReadonlyMap<string, Dialect>;
  readonly #fallback: Dialect;

  /** @throws RankwrightError INVALID_OPTION for a fixed path whose dialect is unknown or which is no path */
  constructor(settings: Partial<DialectSettings> = {}) {
    this.settings = { ...DIALECT_SETTINGS, ...settings };
    this.dialects = DIALECTS.map((dialect) => dialect(this.settings));
    this.#byName = new Map(this.dialects.map((dialect) => [dialect.name, dialect]));
    this.#fallback = this.#byName.get("superset") as Dialect;
    for (const [path, name] of Object.entries(this.settings.fixed)) {
      const field = `fixed[${show(path)}]`;
      if (!path.startsWith("/")) {
        const message = `${field} is no path; begin it with "/"`;
        throw new RankwrightError("INVALID_OPTION", message, { field, value: path });
      }
      if (!this.#byName.has(name)) {
        const message = `${field} is ${show(name)}; the dialects are ${[...this.#byName.keys()].join(", ")}`;
        throw new RankwrightError("INVALID_OPTION", message, { field, value: name });
      }
    }
  }

  /**
   * Splits `/voyage/v1/rerank` into the dialect that its prefix chooses and `/v1/rerank`; other paths stay as they are.
   * A slash at the end does not count.
   */
  split(path: string): { readonly dialect: Dialect | undefined; readonly path: string } {
    const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
    const [, name = "", rest = ""] = /^\/([^/]+)(\/.*)?$/.exec(trimmed) ?? [];
    const inner = rest || "/";
    const below = this.dialects.filter((dialect) => (dialect.prefix ?? dialect.name) === name);
    const dialect = below.find(({ paths }) => paths.includes(inner)) ?? below[0];
    return dialect ? { dialect, path: inner } : { dialect: undefined, path: trimmed };
  }

  /** Whether a POST to this path can be a request for a ranking. */
  answers(path: string): boolean {
    const { dialect, path: inner } = this.split(path);
    if (dialect) return dialect.paths.includes(inner);
    return (
      Object.hasOwn(this.settings.fixed, inner) || this.dialects.some(({ paths }) => paths.includes(inner))
    );
  }

  /**
   * The dialect of a request. Without a body (it could not be read, or must not be yet), and for paths that nobody
   * answers, it is the one that most clients of the path can read an error in; so it never throws.
   *
   * @param path without query string
   * @param headers lower-case names
   */
  choose(path: string, headers: Arrival["headers"], body: Body = {}): Chosen {
    const { dialect: prefixed, path: inner } = this.split(path);
    const arrival: Arrival = { path: inner, headers };
    if (prefixed) return { dialect: prefixed, arrival };
    const fixed = Object.hasOwn(this.settings.fixed, inner) ? this.settings.fixed[inner] : undefined;
    if (fixed !== undefined) return { dialect: this.#byName.get(fixed) as Dialect, arrival };
    const able = this.dialects.filter(({ paths }) => paths.includes(inner));
    const dialect =
      able.find((candidate) => candidate.recognises?.(body, arrival)) ?? able[0] ?? this.#fallback;
    return { dialect, arrival };
  }
}
