import { Agent, request } from "node:http";

/**
 * What came of one request. `at`: when it was due; `ms`: from then to the last byte of the answer.
 * @typedef {{ at: number, ms: number, status: number }} Outcome
 */

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** @returns {Promise<Outcome>} */
function send(/** @type {string} */ url, /** @type {Buffer} */ body, /** @type {number} */ at) {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": body.length };
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.on("end", () => resolve({ at, ms: performance.now() - at, status: answer.statusCode ?? 0 }));
      answer.on("error", reject);
      answer.resume();
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/**
 * Clients that send one request after the other.
 * @param {{ url: string, bodies: readonly Buffer[], clients: number, seconds: number }} job
 */
export async function closedLoop({ url, bodies, clients, seconds }) {
  /** @type {Outcome[]} */
  const outcomes = [];
  let next = 0;
  const end = performance.now() + 1000 * seconds;
  const client = async () => {
    while (performance.now() < end) {
      outcomes.push(await send(url, bodies[next++ % bodies.length], performance.now()));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return outcomes;
}

/**
 * Requests that come when they come, whether or not those before them were answered: a Poisson process.
 * @param {{ url: string, body: Buffer, perSecond: number, seconds: number, random: () => number }} job
 */
export async function openLoop({ url, body, perSecond, seconds, random }) {
  /** @type {Promise<Outcome>[]} */
  const sent = [];
  const start = performance.now();
  for (let due = 0; ; ) {
    due += (-Math.log(1 - random()) * 1000) / perSecond;
    if (due > 1000 * seconds) break;
    const wait = start + due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(send(url, body, start + due));
  }
  return Promise.all(sent);
}

/**
 * Requests of a closed loop per second, while all clients were at work: from the first answer after the warm-up to the
 * last before the first client ended.
 */
export function rate(/** @type {readonly Outcome[]} */ outcomes, /** @type {number} */ seconds) {
  const start = Math.min(...outcomes.map(({ at }) => at));
  const [from, to] = [start + 200 * seconds, start + 1000 * seconds];
  const ends = outcomes
    .map(({ at, ms }) => at + ms)
    .filter((end) => end >= from && end <= to)
    .sort((a, b) => a - b);
  return (1000 * (ends.length - 1)) / (ends.at(-1) - ends[0]);
}
