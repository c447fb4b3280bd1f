import type { Logger } from "pino";
import type { DialectSettings } from "./dialects/settings.js";
import type { ServerLimits } from "./limits/limits.js";
import type { HostOptions } from "./models/host.js";
import type { ServedModel } from "./models/served-model.js";
import type { TraceOptions } from "./telemetry/request-trace.js";

/** What a server serves, to whom, and how much of it. */
export interface ServerOptions
  extends Pick<HostOptions, "idleMs" | "maxMemoryBytes" | "defaultModel" | "defaultForUnknown"> {
  /** At least one. The first is the default. */
  readonly models: readonly ServedModel[];
  /** Load the default model at once; until then `/ready` says no. Default: false, with the first request. */
  readonly preload?: boolean | undefined;
  /** Keys of which callers must send one, plain or as `sha256:…`. Default: none, everybody may call. */
  readonly apiKeys?: readonly string[] | undefined;
  /** Origins of web pages that may read answers. Default: none. */
  readonly cors?: readonly string[] | undefined;
  readonly limits?: { readonly [Name in keyof ServerLimits]?: number | undefined } | undefined;
  /** Milliseconds after which a request is answered with the best ranking known. Default: none. */
  readonly deadlineMs?: number | undefined;
  /** What request bodies alone cannot tell; see `DialectSettings`. */
  readonly dialects?: Partial<DialectSettings> | undefined;
  /** Default: no logs. One line a request at level `info`, without texts. */
  readonly logger?: Logger | undefined;
  /** Write query and documents into logs and spans. Default: false. */
  readonly logText?: boolean | undefined;
  /** Also count under the names of Text Embeddings Inference. Default: false. */
  readonly teiMetrics?: boolean | undefined;
  /** Write requests and answers to a file. Default: none. */
  readonly trace?: Omit<TraceOptions, "onError"> | undefined;
  /** Of the program, for `/info`. */
  readonly version?: string | undefined;
}
