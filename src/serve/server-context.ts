import pino, { type Logger } from "pino";
import { Admission } from "./limits/admission.js";
import { ApiKeys } from "./limits/api-keys.js";
import { CrossOrigin } from "./limits/cors.js";
import { resolveServerLimits, type ServerLimits } from "./limits/limits.js";
import { ModelHost } from "./models/host.js";
import type { ServerOptions } from "./options.js";
import { Health } from "./probes/health.js";
import { Router } from "./routing.js";
import { Metrics } from "./telemetry/metrics.js";
import { RequestTrace } from "./telemetry/request-trace.js";

/** What the parts of one server share. */
export interface ServerContext {
  readonly limits: ServerLimits;
  readonly router: Router;
  readonly deadlineMs: number | undefined;
  readonly host: ModelHost;
  readonly admission: Admission;
  readonly keys: ApiKeys;
  readonly cors: CrossOrigin;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly logText: boolean;
  readonly trace: RequestTrace | undefined;
  readonly version: string;
  /** `Date.now()` value. */
  readonly startedAt: number;
  /** Work that is given up when the server cannot wait any longer. */
  readonly underWay: Set<AbortController>;
  /** Rankings answered so far. */
  answered: number;
  /** Whether the models that are loaded from the start are there. */
  ready: boolean;
  /** No more requests are taken. */
  closing: boolean;
}

/** @throws RankwrightError INVALID_OPTION */
export function createContext(options: ServerOptions): ServerContext {
  const logger = options.logger ?? pino({ enabled: false });
  const limits = resolveServerLimits(options.limits);
  const admission = new Admission(limits);
  const host = createHost(options, logger, () => metrics);
  const metrics = new Metrics({
    teiNames: options.teiMetrics,
    underWay: () => admission.requests,
    models: () => host.states(),
  });
  const context: ServerContext = {
    ...{ limits, admission, host, metrics, logger },
    router: new Router({ maxItems: limits.documents, ...options.dialects }),
    deadlineMs: options.deadlineMs,
    keys: new ApiKeys(options.apiKeys ?? []),
    cors: new CrossOrigin(options.cors ?? []),
    health: new Health(host),
    logText: options.logText ?? false,
    trace: options.trace && openTrace(options.trace, logger),
    version: options.version ?? "",
    startedAt: Date.now(),
    underWay: new Set(),
    answered: 0,
    ready: !options.preload,
    closing: false,
  };
  if (options.preload) void preload(context);
  return context;
}

function createHost(options: ServerOptions, logger: Logger, metrics: () => Metrics): ModelHost {
  const { defaultModel, defaultForUnknown, idleMs, maxMemoryBytes } = options;
  return new ModelHost(options.models, {
    ...{ defaultModel, defaultForUnknown, idleMs, maxMemoryBytes },
    events: {
      loaded(model, ms) {
        metrics().loaded(model, "loaded");
        logger.info({ model, ms: Math.round(ms) }, "model loaded");
      },
      failed(model, error, retryMs) {
        metrics().loaded(model, "failed");
        logger.error({ model, retryMs, err: error }, "model could not be loaded");
      },
      undescribed(model, error) {
        logger.warn({ model, err: error }, "model could not be described");
      },
      batch: (_, batch) => metrics().ran(batch),
      unloaded(model, reason) {
        metrics().loaded(model, "unloaded");
        logger.info({ model, reason }, "model unloaded");
      },
    },
  });
}

/** Tries until it succeeds: a server that starts before its network is there should come up by itself. */
async function preload(context: ServerContext): Promise<void> {
  while (!context.closing && !context.ready) {
    try {
      await context.host.use(undefined, async () => undefined);
      context.ready = true;
    } catch {
      // The host has logged it. It refuses to try again too soon, so that this may ask often.
      await new Promise((resolve) => setTimeout(resolve, PRELOAD_MS).unref());
    }
  }
}

const PRELOAD_MS = 250;

function openTrace(options: NonNullable<ServerOptions["trace"]>, logger: Logger): RequestTrace {
  return new RequestTrace({
    ...options,
    onError: (error) =>
      logger.error({ err: error }, "the trace of requests cannot be written; nothing more is added"),
  });
}
