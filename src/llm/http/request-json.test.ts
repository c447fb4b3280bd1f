import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/fake-clock.js";
import { fakeEndpoint, type Replies, type Reply } from "../testing/fake-endpoint.js";
import { type Clock, systemClock } from "./clock.js";
import { type EndpointOptions, openEndpoint } from "./endpoint.js";
import type { RemoteFailure } from "./remote-failure.js";
import { type JsonCall, requestJson } from "./request-json.js";

const KEY = "tk-0123456789abcdef";
const SERVICE = { version: "/v1", path: "/ask", keyVariables: ["VENDOR_KEY"] };

async function scene(replies: Replies, options: EndpointOptions = {}) {
  const server = await fakeEndpoint(...replies);
  const clock = FakeClock.impatient({ now: performance.now() });
  const endpoint = openEndpoint({ baseUrl: server.baseUrl, apiKey: KEY, clock, ...options }, SERVICE);
  const ask = (call: JsonCall = {}) => requestJson(endpoint, { body: { q: 1 }, ...call });
  const fail = async (call?: JsonCall): Promise<RemoteFailure> => {
    const error = await ask(call).then(
      () => expect.unreachable("it answered"),
      (thrown: RemoteFailure) => thrown,
    );
    expect(everythingIn(error)).not.toContain(KEY);
    return error;
  };
  return { ...server, clock, ask, fail };
}

/** All that somebody who prints the error may see. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack} ${error.message} ${JSON.stringify(error)} ${everythingIn(error.cause)}`;
}

/** An address of this machine where nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const DOWN: Reply = { status: 503, body: { error: "down" } };
const FINE: Reply = { body: { answer: 42 } };

describe("requestJson", () => {
  it("posts JSON with the key, and tells what it took", async () => {
    const { ask, received, baseUrl } = await scene([FINE], { headers: { "X-Team": "search" } });
    const { json, attempts, unaccounted, latencyMs } = await ask();
    expect([json, attempts, unaccounted]).toEqual([{ answer: 42 }, 1, 0]);
    expect(latencyMs).toBeGreaterThanOrEqual(0);
    expect(received).toMatchObject([
      {
        method: "POST",
        path: "/v1/ask",
        body: { q: 1 },
        headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json", "x-team": "search" },
      },
    ]);
    await ask({ body: undefined, url: new URL("/info", baseUrl) });
    expect(received[1]).toMatchObject({ method: "GET", path: "/info", body: undefined });
  });

  it.each([408, 409, 424, 425, 429, 500, 502, 503, 504, 529])("tries again after %i", async (status) => {
    const { ask, clock } = await scene([{ status, body: {} }, { status, body: {} }, FINE]);
    expect(await ask()).toMatchObject({ json: { answer: 42 }, attempts: 3 });
    // Full jitter: all of 0.5 s, then all of 1 s, as chance would have it.
    expect(clock.slept.map(Math.round)).toEqual([500, 1000]);
  });

  it.each([
    [400, "REMOTE_REJECTED"],
    [401, "REMOTE_UNAUTHORIZED"],
    [402, "REMOTE_UNAUTHORIZED"],
    [403, "REMOTE_UNAUTHORIZED"],
    [404, "REMOTE_NOT_FOUND"],
    [413, "REMOTE_REJECTED"],
    [422, "REMOTE_REJECTED"],
    [498, "REMOTE_UNAUTHORIZED"],
    [501, "REMOTE_REJECTED"],
  ])("asks once where the answer is %i", async (status, code) => {
    const { fail, received } = await scene([{ status, body: { message: "no" } }]);
    expect(await fail()).toMatchObject({ code, status, attempts: 1, unaccounted: 0, retryable: false });
    expect(received).toHaveLength(1);
  });

  it("gives up after as many retries as it may", async () => {
    const { fail, received } = await scene([DOWN], { retries: 2 });
    expect(await fail()).toMatchObject({ code: "REMOTE_UNAVAILABLE", attempts: 3 });
    expect(await fail()).toMatchObject({
      message: expect.stringMatching(/"down".*gave up after 3 attempts/),
    });
    expect(received).toHaveLength(6);
  });

  it("draws the pause from all of the backoff", async () => {
    const clock = FakeClock.impatient({ now: performance.now(), random: 0.25 });
    const { fail } = await scene([DOWN], { retries: 8, clock });
    await fail();
    expect(clock.slept).toEqual([125, 250, 500, 1000, 2000, 4000, 7500, 7500]);
  });

  it("waits as long as the server asks, and everybody else at this endpoint with it", async () => {
    const limited = { status: 429, body: {}, headers: { "retry-after": "20" } };
    const { ask, clock } = await scene([limited, FINE]);
    const started = clock.now();
    await Promise.all([ask(), ask()]);
    expect(clock.slept.some((ms) => Math.round(ms) === 20_500)).toBe(true);
    expect(clock.now() - started).toBeGreaterThanOrEqual(20_000);
  });

  it("does not wait longer than a minute", async () => {
    const { fail, received } = await scene([{ status: 429, body: {}, headers: { "retry-after": "3600" } }]);
    expect(await fail()).toMatchObject({
      code: "REMOTE_RATE_LIMITED",
      message: expect.stringContaining("asks for a pause of 3600 s"),
    });
    expect(received).toHaveLength(1);
  });

  it("does what x-should-retry says", async () => {
    const never = { status: 500, body: {}, headers: { "x-should-retry": "false" } };
    expect(await (await scene([never])).fail()).toMatchObject({ attempts: 1 });
    const again = { status: 400, body: {}, headers: { "x-should-retry": "true" } };
    expect(await (await scene([again, FINE])).ask()).toMatchObject({ attempts: 2 });
  });

  it("tries again where nobody answers, and counts what the server may have done", async () => {
    const { ask } = await scene(
      [{ silent: true }, { hangUp: "before" }, { hangUp: "within", body: {} }, FINE],
      {
        timeoutMs: 80,
      },
    );
    expect(await ask()).toMatchObject({ attempts: 4, unaccounted: 3 });
    const { fail } = await scene([{ silent: true }], { timeoutMs: 30, retries: 1 });
    expect(await fail()).toMatchObject({ code: "REMOTE_TIMEOUT", attempts: 2, unaccounted: 2 });
  });

  it("knows that a server which is not there did nothing", async () => {
    const closed = await scene([], { baseUrl: await closedPort(), retries: 1 });
    expect(await closed.fail()).toMatchObject({
      code: "REMOTE_UNAVAILABLE",
      attempts: 2,
      unaccounted: 0,
      message: expect.stringContaining("ECONNREFUSED"),
    });
    const forbidden = await scene([], { baseUrl: "http://127.0.0.1:1" });
    expect(await forbidden.fail()).toMatchObject({ code: "REMOTE_UNAVAILABLE", attempts: 1, unaccounted: 0 });
  });

  it("stops at once when the caller gives up: asking, waiting and before", async () => {
    const asking = new AbortController();
    const abort = (): Reply => {
      asking.abort("enough");
      return { silent: true };
    };
    const slow = await scene([abort]);
    expect(await slow.fail({ signal: asking.signal })).toMatchObject({
      code: "ABORTED",
      cause: "enough",
      unaccounted: 1,
    });
    const waiting = new AbortController();
    const abortAsleep: Clock = {
      ...systemClock,
      sleep: (ms, signal) => {
        waiting.abort(new Error("later"));
        return systemClock.sleep(ms, signal);
      },
    };
    const down = await scene([DOWN], { clock: abortAsleep });
    expect(await down.fail({ signal: waiting.signal })).toMatchObject({
      code: "ABORTED",
      attempts: 1,
      unaccounted: 0,
    });
    expect(await down.fail({ signal: AbortSignal.abort("no") })).toMatchObject({
      code: "ABORTED",
      attempts: 0,
    });
    expect(down.received).toHaveLength(1);
  });

  it("stops at the deadline, and does not begin a pause that would pass it", async () => {
    const slow = await scene([{ silent: true }]);
    expect(await slow.fail({ deadline: performance.now() + 40 })).toMatchObject({
      code: "DEADLINE_EXCEEDED",
      attempts: 1,
    });
    const down = await scene([DOWN], { clock: { ...systemClock, random: () => 1 } });
    const error = await down.fail({ deadline: performance.now() + 450 });
    expect(error).toMatchObject({ code: "REMOTE_UNAVAILABLE", attempts: 1 });
    expect(error.message).toMatch(/\(gave up after 1 attempt: the deadline comes before the next one\)$/);
    expect(await down.fail({ deadline: 0 })).toMatchObject({ code: "DEADLINE_EXCEEDED", attempts: 0 });
  });

  it("gives up on a fetch that ignores its signal", async () => {
    const { fail } = await scene([], { fetch: () => new Promise(() => {}), timeoutMs: 20, retries: 0 });
    expect(await fail()).toMatchObject({ code: "REMOTE_TIMEOUT" });
  });

  it("keeps to its concurrency, over all clients", async () => {
    const { baseUrl, busiest } = await fakeEndpoint({ ...FINE, after: 20 });
    const client = () => openEndpoint({ baseUrl, apiKey: KEY, concurrency: 3 }, SERVICE);
    const clients = [client(), client()];
    await Promise.all(Array.from({ length: 12 }, (_, i) => requestJson(clients[i % 2]!, { body: {} })));
    expect(busiest()).toBe(3);
  });

  it("refuses what is no JSON, too long, or somewhere else", async () => {
    const page = { body: "<html>login</html>", headers: { "content-type": "text/html; charset=utf-8" } };
    expect(await (await scene([page])).fail()).toMatchObject({
      code: "REMOTE_BAD_RESPONSE",
      attempts: 1,
      unaccounted: 1,
      message: expect.stringMatching(/no JSON \(text\/html\)/),
    });
    expect(await (await scene([{ status: 204, body: "" }])).fail()).toMatchObject({
      code: "REMOTE_BAD_RESPONSE",
    });
    const long = await scene([{ body: "x".repeat(5000) }], { maxResponseBytes: 1000 });
    expect(await long.fail()).toMatchObject({ code: "REMOTE_BAD_RESPONSE", attempts: 1 });
    const moved = { status: 307, body: "", headers: { location: "https://elsewhere.example/?key=1" } };
    expect(await (await scene([moved])).fail()).toMatchObject({
      code: "REMOTE_NOT_FOUND",
      message: expect.stringContaining("moved to elsewhere.example;"),
    });
  });

  it("says so where the body is none", async () => {
    const { ask, received } = await scene([FINE]);
    await expect(ask({ body: { tokens: 1n } })).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(received).toEqual([]);
  });

  it("takes an error for an error although it comes with 200", async () => {
    const late = { body: { error: { code: 503, message: "busy" } } };
    const statusIn = (json: unknown) => (json as { error?: { code: number } }).error?.code;
    const { ask } = await scene([late, FINE]);
    expect(await ask({ statusIn })).toMatchObject({ json: { answer: 42 }, attempts: 2 });
  });

  it("never shows the key: echoed, in a code, in a page, in what fetch throws", async () => {
    const echo = { status: 401, body: { error: { message: `bad key ${KEY}`, code: KEY } } };
    expect((await (await scene([echo])).fail()).message).toContain("bad key ***");
    const page = { status: 403, body: `<title>${KEY}</title>` };
    expect((await (await scene([page])).fail()).message).toContain("***");
    const typed = { body: "x", headers: { "content-type": `text/${KEY}` } };
    await (await scene([typed])).fail();
    const fetch = () => Promise.reject(new Error(`socket of ${KEY}`, { cause: new Error(KEY) }));
    await (await scene([], { fetch, retries: 0 })).fail();
    const secret = { "x-api-key": "other-secret-77" };
    const header = await scene([{ status: 400, body: "other-secret-77?" }], { headers: secret });
    expect((await header.fail()).message).toContain('"***?"');
  });

  it("says what to do", async () => {
    const refused = { status: 401, body: { message: "who?" } };
    const named = await scene([refused], { apiKey: undefined, env: { VENDOR_KEY: KEY } });
    expect((await named.fail()).message).toMatch(/saying "who\?": check the key from VENDOR_KEY$/);
    const none = await scene([refused], { apiKey: false });
    expect((await none.fail()).message).toMatch(/: set VENDOR_KEY, or give apiKey or apiKeyEnv$/);
    const lost = await scene([{ status: 404, body: {} }]);
    expect((await lost.fail()).message).toMatch(/check model and baseUrl \(http:\/\/127.0.0.1:\d+\/v1\/ask/);
  });
});

describe("openEndpoint", () => {
  it.each([
    ["timeoutMs", 0],
    ["timeoutMs", Number.NaN],
    ["retries", -1],
    ["retries", 1.5],
    ["retries", Number.POSITIVE_INFINITY],
    ["concurrency", 0],
    ["requestsPerMinute", 0],
    ["tokensPerMinute", "many"],
    ["maxResponseBytes", 0],
    ["headers", { "x y": "1" }],
    ["headers", { ok: "line\nbreak" }],
    ["baseUrl", undefined],
  ])("refuses %s %j", (field, value) => {
    const options = { baseUrl: "http://host", env: {}, [field]: value } as EndpointOptions;
    expect(() => openEndpoint(options, SERVICE)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field }),
    );
  });
});
