// Good and bad clients of a rerank server.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

/**
 * What a visitor found: a word for the table, and whether that is as it should be.
 * @typedef {readonly [kind: string, expected: boolean]} Outcome
 * @typedef {{ url: string, query: string, texts: readonly string[], random: import("../models/random.mjs").Random,
 *   check: (documents: readonly string[], ranking: any) => string | undefined }} Visit
 */

const pick = ({ texts, random }, most) => {
  const start = random.below(texts.length);
  return Array.from({ length: 1 + random.below(most) }, (_, i) => texts[(start + i) % texts.length]);
};

const post = (url, path, body, options = {}) =>
  fetch(`${url}${path}`, {
    method: "POST",
    body,
    ...options,
    headers: { "content-type": "application/json", ...options.headers },
  });

/** @param {Response} response @param {readonly number[]} statuses @returns {Promise<Outcome>} */
async function statusOf(response, statuses) {
  await response.arrayBuffer();
  return [String(response.status), statuses.includes(response.status)];
}

/** Writes pieces to a socket, one after the other; what comes back is the first status line, or how it ended. */
function raw(url, pieces, { pauseMs = 0, stayMs = 5000, enough = (_) => false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    const done = (outcome) => {
      socket.destroy();
      resolve({ outcome, text });
    };
    socket.on("data", (data) => {
      text += data;
      if (enough(text)) done("enough");
    });
    socket.on("end", () => done("ended"));
    socket.on("error", () => done("reset"));
    socket.on("connect", async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (pauseMs > 0) await sleep(pauseMs);
      }
      await sleep(stayMs);
      done("left");
    });
  });
}

const head = (length) =>
  `POST /v1/rerank HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** @type {Record<string, (visit: Visit) => Promise<Outcome>>} */
export const VISITORS = {
  async good(visit) {
    const documents = pick(visit, 40);
    const response = await post(visit.url, "/v1/rerank", JSON.stringify({ query: visit.query, documents }));
    if (response.status === 429) return statusOf(response, [429]);
    const { results } = /** @type {any} */ (await response.json());
    const wrong = visit.check(documents, results);
    return [wrong ?? "200", wrong === undefined];
  },

  async tei(visit) {
    const texts = pick(visit, 40);
    const response = await post(visit.url, "/rerank", JSON.stringify({ query: visit.query, texts }));
    if (response.status === 429) return statusOf(response, [429]);
    const wrong = visit.check(texts, await response.json());
    return [wrong ?? "200", wrong === undefined];
  },

  async gzip(visit) {
    const documents = pick(visit, 40);
    const body = gzipSync(JSON.stringify({ query: visit.query, documents }));
    const response = await post(visit.url, "/v2/rerank", body, { headers: { "content-encoding": "gzip" } });
    if (response.status === 429) return statusOf(response, [429]);
    const { results } = /** @type {any} */ (await response.json());
    const wrong = visit.check(documents, results);
    return [wrong ?? "200", wrong === undefined];
  },

  async cancelled(visit) {
    const signal = AbortSignal.timeout(1 + visit.random.below(60));
    const body = JSON.stringify({ query: visit.query, documents: pick(visit, 300) });
    try {
      return await statusOf(await post(visit.url, "/v1/rerank", body, { signal }), [200, 429]);
    } catch (error) {
      return [/** @type {Error} */ (error).name, true];
    }
  },

  async hurried(visit) {
    const body = JSON.stringify({ query: visit.query, documents: pick(visit, 300) });
    const headers = { "x-rankwright-deadline-ms": String(1 + visit.random.below(100)) };
    return statusOf(await post(visit.url, "/v1/rerank", body, { headers }), [200, 429, 504]);
  },

  async huge(visit) {
    const documents = Array.from({ length: 200 }, () => visit.texts.join(" "));
    try {
      return await statusOf(
        await post(visit.url, "/v1/rerank", JSON.stringify({ query: visit.query, documents })),
        [413],
      );
    } catch {
      // The server need not read to the end what it refuses.
      return ["cut", true];
    }
  },

  async many(visit) {
    const documents = Array.from({ length: 2500 }, () => visit.texts[visit.random.below(visit.texts.length)]);
    const body = JSON.stringify({ query: visit.query, documents });
    return statusOf(await post(visit.url, "/v1/rerank", body), [200, 413, 429]);
  },

  async bomb(visit) {
    const body = gzipSync(Buffer.alloc(50_000_000, " "));
    return statusOf(
      await post(visit.url, "/v1/rerank", body, { headers: { "content-encoding": "gzip" } }),
      [413],
    );
  },

  async malformed(visit) {
    const bodies = [
      "{",
      "[]",
      '{"query":5}',
      '{"query":"q","documents":{}}',
      '{"query":"q","documents":["a"],"__proto__":{}}',
      `${"[".repeat(500)}${"]".repeat(500)}`,
      '{"query":"q","documents":["a"],"top_n":-1}',
      "\u0000",
    ];
    return statusOf(
      await post(visit.url, "/v1/rerank", bodies[visit.random.below(bodies.length)]),
      [400, 413],
    );
  },

  async unknown(visit) {
    const body = JSON.stringify({ model: "nobody", query: visit.query, documents: ["a"] });
    return statusOf(await post(visit.url, "/v1/rerank", body), [404]);
  },

  async slowBody({ url }) {
    const { outcome, text } = await raw(url, [head(100), "{", '"', "q", "u"], { pauseMs: 1000 });
    return [`${outcome} ${text.slice(9, 12)}`, text.includes("408")];
  },

  async slowHead({ url }) {
    const { outcome, text } = await raw(url, ["POST /v1/rer", "ank HTTP/1.1\r\n", "host: x\r\n"], {
      pauseMs: 1000,
      stayMs: 9000,
    });
    return [`${outcome} ${text.slice(9, 12)}`, text.includes("408")];
  },

  async gone(visit) {
    const body = JSON.stringify({ query: visit.query, documents: pick(visit, 100) });
    await raw(visit.url, [head(body.length + 50), body], { stayMs: visit.random.below(50) });
    return ["left", true];
  },

  async silent({ url }) {
    // Opens a connection and says nothing.
    const { outcome } = await raw(url, [], { stayMs: 9000 });
    return [outcome, outcome === "ended" || outcome === "reset"];
  },

  async pipelined(visit) {
    const body = JSON.stringify({ query: visit.query, documents: [visit.texts[0]] });
    const one = head(Buffer.byteLength(body)) + body;
    const answers = (/** @type {string} */ text) => text.match(/HTTP\/1\.1 (?:200|429)/g)?.length ?? 0;
    const enough = (/** @type {string} */ text) => answers(text) === 5;
    const { text } = await raw(visit.url, [one.repeat(5)], { stayMs: 30_000, enough });
    return [`${answers(text)} answers`, enough(text)];
  },

  async noise({ url, random }) {
    const bytes = Buffer.from(Array.from({ length: 200 }, () => random.below(256)));
    const { outcome, text } = await raw(url, [bytes], { stayMs: 5000 });
    return [`${outcome} ${text.slice(9, 12)}`, text.includes("400") || outcome === "reset"];
  },
};
