import { RankwrightError } from "../types/index.js";
import { asRankwrightError, refusalOf } from "./dialects/errors.js";
import { toJson } from "./dialects/json.js";
import type { Exchange } from "./exchange.js";
import { type Listening, type ListenOptions, listen } from "./listen.js";
import type { ServerOptions } from "./options.js";
import { createProbes } from "./probes/probes.js";
import { createRanking } from "./ranking-route.js";
import { requestId } from "./request/request-id.js";
import { createContext } from "./server-context.js";
import { logExchange } from "./telemetry/log-exchange.js";

/** Milliseconds that requests under way may take to end once the server closes. */
const GRACE_MS = 30_000;

/** A server that every rerank client knows how to call. */
export interface RerankServer {
  /** Answers one request; for tests, and for servers of others to build in. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /**
   * Opens a port. May be called more than once, for several addresses.
   *
   * @throws RankwrightError LISTEN_FAILED
   */
  listen(options?: ListenOptions): Promise<Listening>;
  /**
   * Ends in good order: `/ready` says no, new requests are refused with SHUTTING_DOWN, those under way are
   * finished, for at most `graceMs` (default 30 s), then ports and models are closed.
   */
  close(options?: { readonly graceMs?: number | undefined }): Promise<void>;
}

/**
 * Puts rerankers behind HTTP, in the words of every rerank API that has clients. docs/serving.md says how to call it.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function createServer(options: ServerOptions): RerankServer {
  const context = createContext(options);
  const { host, admission, cors, logger, metrics, router } = context;
  const rank = createRanking(context);
  const probe = createProbes(context);
  const ports: Listening[] = [];
  let closed: Promise<void> | undefined;

  async function respond(request: Request, exchange: Exchange): Promise<Response> {
    const preflight = cors.preflight(request);
    if (preflight !== undefined) return preflight;
    const { method, path } = exchange;
    if (method === "POST") return rank(request, exchange);
    const answer = probe(request, exchange);
    if (answer !== undefined) return answer;
    const known = router.answers(path);
    const message = known
      ? `${path} is asked with POST, not ${method}`
      : `there is nothing at ${path}; /openapi.json lists what there is`;
    throw new RankwrightError("UNKNOWN_ROUTE", message, { field: known ? "method" : "path" });
  }

  async function fetch(request: Request): Promise<Response> {
    const exchange: Exchange = {
      id: requestId(request.headers),
      method: request.method,
      path: pathOf(request.url),
      started: performance.now(),
      route: "other",
    };
    let response: Response;
    try {
      response = await respond(request, exchange);
    } catch (error) {
      exchange.error = asRankwrightError(error);
      metrics.failed(exchange.error.code);
      response = refuse(request, exchange, exchange.error);
    }
    const { headers, status } = response;
    headers.set("x-request-id", exchange.id);
    headers.set("x-content-type-options", "nosniff");
    if (context.closing) headers.set("connection", "close");
    for (const [name, value] of Object.entries(cors.headers(request) ?? {})) headers.set(name, value);
    metrics.answered(exchange.route, exchange.dialect?.name ?? "none", status);
    logExchange(logger, exchange, status, context.logText);
    return response;
  }

  function refuse(request: Request, exchange: Exchange, error: RankwrightError): Response {
    const known = Object.fromEntries(request.headers);
    exchange.dialect ??= router.forError(exchange.path, known);
    const { status, headers, body } = refusalOf(exchange.dialect, error);
    return new Response(toJson(body), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
  }

  /** Gives up what is still under way. */
  function abortAll(): void {
    for (const controller of context.underWay) controller.abort(new Error("the server ended"));
  }

  async function close({
    graceMs = GRACE_MS,
  }: {
    readonly graceMs?: number | undefined;
  } = {}): Promise<void> {
    context.closing = true;
    logger.info({ underWay: admission.requests }, "closing");
    const timer = setTimeout(() => abortAll(), graceMs);
    await admission.empty();
    clearTimeout(timer);
    await Promise.all(ports.map((port) => port.close()));
    await host.close();
    await context.trace?.close();
    logger.info("closed");
  }

  return {
    fetch,
    async listen(listenOptions = {}) {
      if (ports.length === 0) metrics.addProcess();
      const port = await listen(fetch, context.limits, listenOptions);
      ports.push(port);
      return port;
    },
    close(closeOptions) {
      closed ??= close(closeOptions);
      return closed;
    },
  };
}

/** Without slashes at its end, of which some base addresses leave one too many. */
function pathOf(url: string): string {
  return new URL(url).pathname.replace(/(?!^)\/+$/, "");
}
