import { Agent, request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import type { ServerOptions } from "./options.js";
import type { RerankServer } from "./server.js";
import { type FakeOptions, gate } from "./testing/fake-model.js";
import { until } from "./testing/requests.js";
import { NATIVE, serving } from "./testing/serving.js";

const BODY = JSON.stringify({ query: "q", documents: ["a 1", "b 2"] });
const servers: RerankServer[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => server.close({ graceMs: 0 })));
});

async function listening(options: Partial<ServerOptions> = {}, fake: FakeOptions = {}) {
  const { server, seen } = serving(options, fake);
  servers.push(server);
  return { server, seen, ...(await server.listen({ port: 0 })) };
}

function open(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  return socket;
}

/** The head of a request whose body is still to come. */
const head = (length: number, more = "") =>
  `POST ${NATIVE} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`;

const send = (url: string) => fetch(`${url}${NATIVE}`, { method: "POST", body: BODY });

describe("over a socket", () => {
  it("answers, and keeps the connection for the next request", async () => {
    const { url } = await listening();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const used = new Set<number | undefined>();
    for (let i = 0; i < 5; i++) {
      const answer = await new Promise<string>((resolve, reject) => {
        const sent = httpRequest(`${url}${NATIVE}`, { method: "POST", agent }, (response) => {
          used.add(sent.socket?.localPort);
          resolve(text(response));
        });
        sent.on("error", reject).end(BODY);
      });
      expect(JSON.parse(answer).results).toHaveLength(2);
    }
    expect(used.size).toBe(1);
    agent.destroy();
  });

  it("refuses a port that is taken", async () => {
    const { port } = await listening();
    await expect(serving().server.listen({ port })).rejects.toMatchObject({
      code: "LISTEN_FAILED",
      message: expect.stringContaining("another program has this port"),
    });
  });

  it("tells a client whose body does not come that it is late", async () => {
    const { port, server } = await listening({ limits: { bodyMs: 30 } });
    const socket = open(port);
    socket.write(head(BODY.length));
    socket.write(BODY.slice(0, 5));
    const answer = await new Promise<string>((resolve) =>
      socket.once("data", (data) => resolve(String(data))),
    );
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain("had not arrived after 30 ms");
    expect((await server.fetch(new Request("http://a/ready"))).status).toBe(200);
  });

  it("drops a client whose headers do not come", async () => {
    const { port } = await listening({ limits: { headerMs: 40 } });
    const socket = open(port);
    socket.write("POST / HTTP/1.1\r\nHost: a\r\n");
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout/);
    expect(socket.destroyed || socket.readableEnded).toBe(true);
  });

  it("refuses a body that is announced as too large without waiting for it", async () => {
    const { port } = await listening({ limits: { bodyBytes: 100 } });
    const socket = open(port);
    socket.write(head(10_000_000));
    const answer = await new Promise<string>((resolve) =>
      socket.once("data", (data) => resolve(String(data))),
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it("ends the work of a client that hangs up", async () => {
    const { port, seen } = await listening({}, { gate: () => new Promise(() => {}) });
    const socket = open(port);
    socket.write(head(BODY.length) + BODY);
    await until(() => seen.requests.length === 1);
    socket.destroy();
    await until(() => seen.aborted === 1);
  });

  it("answers what is no HTTP with a bare 400", async () => {
    const { port } = await listening();
    const socket = open(port);
    socket.write("hello\r\n\r\n");
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 Bad Request\r\nConnection: close/);
  });

  it("closes in good order: answers under way are sent, idle connections end, the port is free", async () => {
    const door = gate();
    const { url, port, server, seen } = await listening({}, { gate: () => door.opened });
    const idle = open(port);
    const ended = text(idle);
    const accepted = Array.from({ length: 20 }, () => send(url));
    await until(() => seen.requests.length === 20);
    const closing = server.close();
    const late = await send(url);
    expect(late.status).toBe(503);
    expect(late.headers.get("connection")).toBe("close");
    door.open();
    for (const answer of await Promise.all(accepted)) {
      expect(answer.status).toBe(200);
      expect(((await answer.json()) as { results: object[] }).results).toHaveLength(2);
    }
    await closing;
    await ended;
    expect(seen.closes).toBe(1);
    await expect(send(url)).rejects.toThrow();
  });
});
