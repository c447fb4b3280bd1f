import { RankwrightError } from "../types/index.js";
import { answerRequest } from "./answer/answer.js";
import type { RecordedAnswer } from "./answer/run-record.js";
import type { ServeRequest } from "./dialects/dialect.js";
import { toJson } from "./dialects/json.js";
import type { Exchange } from "./exchange.js";
import type { Place } from "./limits/admission.js";
import { checkRequests } from "./limits/check-request.js";
import { deadlineOf } from "./request/deadline.js";
import { parseBody } from "./request/parse-body.js";
import { readBody } from "./request/read-body.js";
import type { ServerContext } from "./server-context.js";
import { answerHeaders } from "./telemetry/answer-headers.js";
import { inSpan } from "./telemetry/spans.js";

/** Answers POST requests: reads, understands, ranks, renders. */
export function createRanking(context: ServerContext) {
  const { limits, router, admission, keys, host, metrics } = context;

  async function rank(request: Request, exchange: Exchange, place: Place): Promise<Response> {
    const bytes = await readBody(request, place, limits);
    const body = parseBody(bytes, limits);
    const { dialect, arrival } = router.choose(exchange.path, Object.fromEntries(request.headers), body);
    exchange.dialect = dialect;
    const understood = dialect.understand(body, arrival);
    const { requests } = understood;
    checkRequests(requests, limits);
    exchange.documents = requests.reduce((sum, { documents }) => sum + documents.length, 0);
    exchange.query = requests[0]?.query;
    const answers = await answerAll(requests, request, exchange);
    exchange.answers = answers;
    context.answered++;
    const headers = {
      "content-type": "application/json",
      ...answerHeaders(answers, performance.now() - exchange.started),
      ...understood.headers?.(answers),
    };
    return new Response(toJson(understood.render(answers)), { headers });
  }

  /** Ranks what one body asks for. The first that fails ends the others. */
  async function answerAll(
    requests: readonly ServeRequest[],
    { headers, signal: gone }: Request,
    exchange: Exchange,
  ): Promise<readonly RecordedAnswer[]> {
    const ms = deadlineOf(headers, context.deadlineMs);
    const deadline = ms === undefined ? undefined : exchange.started + ms;
    const controller = new AbortController();
    const { signal } = controller;
    const leave = () => controller.abort(gone.reason);
    if (gone.aborted) leave();
    gone.addEventListener("abort", leave);
    context.underWay.add(controller);
    try {
      return await Promise.all(
        requests.map((request) => answer(request, { signal, deadline }, headers, exchange)),
      );
    } catch (error) {
      const late = !signal.aborted;
      controller.abort(error);
      // The caller is still there: it is the server that could not wait.
      if (!late && !gone.aborted)
        throw new RankwrightError("SHUTTING_DOWN", "the server ended before the work did");
      throw error;
    } finally {
      context.underWay.delete(controller);
      gone.removeEventListener("abort", leave);
    }
  }

  async function answer(
    request: ServeRequest,
    circumstances: { readonly signal: AbortSignal; readonly deadline: number | undefined },
    headers: Headers,
    { id, dialect, started }: Exchange,
  ): Promise<RecordedAnswer> {
    const name = dialect?.name ?? "";
    const model = host.resolve(request.model);
    const span = { headers, dialect: name, model, content: context.logText };
    const found = await inSpan(request, span, () => answerRequest(request, host, { id, ...circumstances }));
    const characters = request.documents.reduce((sum, { text }) => sum + text.length, request.query.length);
    metrics.ranked(found, request.documents.length, characters, performance.now() - started);
    context.health.scored(model);
    context.trace?.write(name, request, found);
    return found;
  }

  return async (request: Request, exchange: Exchange): Promise<Response> => {
    if (context.closing) {
      throw new RankwrightError(
        "SHUTTING_DOWN",
        "this server is ending; ask another one, or try again shortly",
      );
    }
    keys.check(request.headers);
    if (router.answers(exchange.path)) exchange.route = exchange.path;
    const place = admission.enter();
    try {
      return await rank(request, exchange, place);
    } finally {
      place.leave();
    }
  };
}
