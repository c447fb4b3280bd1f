import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { JudgeEngine, type JudgeEngineOptions } from "./judge-engine.js";
import { Counter, type SimulatorCounts } from "./server/counts.js";
import { type Fault, type FaultRates, Faults } from "./server/faults.js";
import { handle } from "./server/handle.js";

export interface JudgeSimulatorOptions extends JudgeEngineOptions {
  /** The key that callers must send. Default: none is needed. */
  readonly apiKey?: string | undefined;
  /** Milliseconds that an answer takes, or the least and the most. Default: 0. */
  readonly latencyMs?: number | readonly [least: number, most: number] | undefined;
  /** Shares of requests, from 0 to 1, that fail; a further attempt may succeed. */
  readonly faults?: FaultRates | undefined;
  /** What 429 tells callers to wait. Default: 0. */
  readonly retryAfterSeconds?: number | undefined;
  /** Default: any that is free. */
  readonly port?: number | undefined;
}

/** A server that judges, for tests. */
export interface JudgeSimulator {
  /** The base of its API, to be used as `baseUrl`: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  counts(): SimulatorCounts;
  /** How often each request was answered, by a hash of its body. */
  answers(): ReadonlyMap<string, number>;
  /** Lets the next requests fail, whatever they ask. */
  failNext(fault: Fault, times?: number): void;
  /** Ends the server, and connections that still wait. */
  close(): Promise<void>;
}

/**
 * Starts a server on this machine that speaks OpenAI's protocol (`POST /v1/chat/completions`,
 * `GET /v1/models`) and answers the prompts of LLM re-rankers as judges do that know the truth: noisily,
 * with position bias, at times malformed or not at all, as the options say. The same request always gets the
 * same answer; everything drawn by chance depends on `seed` and on what is asked alone.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export async function startJudgeSimulator(options: JudgeSimulatorOptions): Promise<JudgeSimulator> {
  const { port = 0, seed = 1 } = options;
  const engine = new JudgeEngine(options);
  const counter = new Counter();
  const faults = new Faults(options.faults ?? {}, seed);
  const desk = { options, engine, counter, faults };
  const server = createServer((request, response) => {
    handle(request, response, desk).catch(() => response.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    counts: () => counter.snapshot(),
    answers: () => counter.times(),
    failNext: (fault, times = 1) => faults.tell(fault, times),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
