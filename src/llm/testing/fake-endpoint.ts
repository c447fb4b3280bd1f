import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** What came in. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed; undefined without a body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like
  readonly body: any;
}

export interface Reply {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, everything else as JSON. */
  readonly body?: unknown;
  /** Milliseconds before the answer. */
  readonly after?: number;
  /** Close the connection instead of an answer, or in the middle of it. */
  readonly hangUp?: "before" | "within";
  /** No answer at all. */
  readonly silent?: boolean;
}

export type Replies = readonly (Reply | ((request: Received) => Reply))[];

export interface FakeEndpoint {
  readonly baseUrl: string;
  readonly received: readonly Received[];
  /** Most requests that were under way at once. */
  readonly busiest: () => number;
}

/** An HTTP server on this machine that gives the replies in turn, the last one for ever; it ends with the test. */
export async function fakeEndpoint(...replies: Replies): Promise<FakeEndpoint> {
  const received: Received[] = [];
  let underWay = 0;
  let busiest = 0;
  const server = createServer(async (request, response) => {
    underWay++;
    busiest = Math.max(busiest, underWay);
    response.on("close", () => underWay--);
    const one = await read(request);
    const reply = replies[Math.min(received.length, replies.length - 1)] ?? {};
    received.push(one);
    await send(response, typeof reply === "function" ? reply(one) : reply);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, received, busiest: () => busiest };
}

async function read(request: IncomingMessage): Promise<Received> {
  const body = await text(request);
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers as Received["headers"],
    body: body === "" ? undefined : JSON.parse(body),
  };
}

async function send(response: ServerResponse, reply: Reply): Promise<void> {
  const { status = 200, headers, body, after, hangUp, silent } = reply;
  if (silent) return;
  if (after !== undefined) await wait(after);
  if (hangUp === "before") {
    response.destroy();
    return;
  }
  const content = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers });
  if (hangUp === "within") response.write(content.slice(0, 5), () => response.destroy());
  else response.end(content);
}
