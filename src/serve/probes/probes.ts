import type { Exchange } from "../exchange.js";
import { buildOpenApi } from "../openapi/build-openapi.js";
import { READ_ROUTES } from "../openapi/read-routes.js";
import { renderPage } from "../page/render-page.js";
import type { ServerContext } from "../server-context.js";
import { infoOf, metaOf, modelsOf } from "./info.js";

/**
 * Answers GET and HEAD requests. Every path is also there below the prefix of a dialect, since some clients append
 * theirs to the base address that they are given.
 *
 * @returns the answer, or undefined where there is nothing at the path
 */
export function createProbes(
  context: ServerContext,
): (request: Request, exchange: Exchange) => Promise<Response> | undefined {
  const { host, keys, limits, admission, metrics, router, version, startedAt } = context;
  const ready = () => context.ready && !context.closing;
  const whenReady = (status: number) => () => new Response(null, { status: ready() ? status : 503 });
  const json = (body: unknown, status = 200) => Response.json(body, { status });

  const facts = () => ({
    ...{ version, limits, answered: context.answered, ready: ready() },
    states: host.states(),
    underWay: admission.requests,
    upSeconds: (Date.now() - startedAt) / 1000,
  });
  const health = async () => {
    const { healthy, body } = await context.health.check();
    return json(body, healthy ? 200 : 503);
  };
  const answers: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
    "/": ({ url }) => renderPage({ ...facts(), origin: new URL(url).origin, keysRequired: keys.required }),
    "/openapi.json": () => json(buildOpenApi({ dialects: router.dialects, version })),
    "/health": health,
    "/ready": () => {
      const status = context.closing ? "closing" : ready() ? "ready" : "loading";
      return json({ status }, ready() ? 200 : 503);
    },
    "/ping": whenReady(200),
    "/.well-known/live": () => new Response(null, { status: 204 }),
    "/.well-known/ready": whenReady(204),
    "/info": () => json(infoOf(facts())),
    "/v1/models": () => json(modelsOf(host.states(), startedAt)),
    "/meta": () => json(metaOf(host.states())),
    "/metrics": async () =>
      new Response(await metrics.text(), { headers: { "content-type": metrics.contentType } }),
  };

  return (request, exchange) => {
    const { method } = request;
    if (method !== "GET" && method !== "HEAD") return undefined;
    const path = router.withoutPrefix(exchange.path);
    const read = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (read === undefined) return undefined;
    exchange.route = path;
    if (!READ_ROUTES[path]?.open) keys.check(request.headers);
    const answer = Promise.resolve(read(request));
    return method === "HEAD" ? answer.then(withoutBody) : answer;
  };
}

function withoutBody({ status, headers }: Response): Response {
  return new Response(null, { status, headers });
}
