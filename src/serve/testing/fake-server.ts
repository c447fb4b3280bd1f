import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { RankwrightError } from "../../types/index.js";
import { asRankwrightError, Dispatcher, refusalOf, type ServeRequest, toJson } from "../dialects/index.js";
import { cannedAnswer } from "./canned-answer.js";
import type { ClientTarget } from "./clients/target.js";

const MODEL = "word-overlap";
const API_KEY = "key";

/** A query that finds the server at its limit. */
export const TOO_MUCH = "too much";

/**
 * The least that a server needs around the dialects: one model, which scores a document by the share of the query's
 * words that it holds, and one key.
 */
export async function startFakeServer(): Promise<ClientTarget> {
  const dispatcher = new Dispatcher();
  const server = createServer((request, response) => void respond(dispatcher, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    model: MODEL,
    apiKey: API_KEY,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  dispatcher: Dispatcher,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { url = "/", headers } = request;
  const known = headers as Readonly<Record<string, string | undefined>>;
  let chosen = dispatcher.choose(url, known);
  try {
    const body = JSON.parse(await text(request));
    if (!dispatcher.answers(url)) throw new RankwrightError("UNKNOWN_ROUTE", `nothing is at ${url}`);
    chosen = dispatcher.choose(url, known, body);
    if (headers.authorization !== `Bearer ${API_KEY}` && headers["api-key"] !== API_KEY) {
      throw new RankwrightError("UNAUTHORIZED", "the API key is wrong; pass one of the server's");
    }
    const understood = chosen.dialect.understand(body, chosen.arrival);
    const answers = understood.requests.map((one) =>
      cannedAnswer({ ...one, model: modelOf(one) }, overlap(one)),
    );
    response.writeHead(200, { "content-type": "application/json", ...understood.headers?.(answers) });
    response.end(toJson(understood.render(answers)));
  } catch (thrown) {
    const { status, headers, body } = refusalOf(chosen.dialect, asRankwrightError(thrown));
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(toJson(body));
  }
}

function modelOf({ model = MODEL, query }: ServeRequest): string {
  if (query === TOO_MUCH) {
    throw new RankwrightError("OVERLOADED", "the queue is full", { field: "queue", value: 7 });
  }
  if (model !== MODEL) {
    const message = `model is "${model}"; pass "${MODEL}"`;
    throw new RankwrightError("UNKNOWN_MODEL", message, { field: "model", value: model });
  }
  return model;
}

function overlap({ query, documents }: ServeRequest): readonly number[] {
  const words = query.toLowerCase().match(/\w+/g) ?? [];
  return documents.map(({ text }) => {
    const held = new Set(text.toLowerCase().match(/\w+/g));
    return words.filter((word) => held.has(word)).length / words.length;
  });
}
