import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { contentHash, drawsFor } from "../answer/noise.js";
import type { JudgeEngine } from "../judge-engine.js";
import type { JudgeSimulatorOptions } from "../judge-simulator.js";
import { missingKey, OpenAiError, wrongKey } from "../openai-error.js";
import { completionBody } from "./completion-body.js";
import type { Counter } from "./counts.js";
import { fail } from "./fail.js";
import type { Faults } from "./faults.js";
import { readAsked } from "./read-asked.js";
import { send } from "./send.js";

export interface Desk {
  readonly options: JudgeSimulatorOptions;
  readonly engine: JudgeEngine;
  readonly counter: Counter;
  readonly faults: Faults;
}

/** Answers one request; never rejects for what is the caller's or the simulated server's fault. */
export async function handle(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  try {
    const text = await textOf(request);
    const route = `${request.method} ${request.url?.split("?")[0]}`;
    if (route === "POST /v1/chat/completions") {
      desk.counter.request();
      checkKey(request, desk.options.apiKey);
      return await complete(text, response, desk);
    }
    checkKey(request, desk.options.apiKey);
    if (route === "GET /v1/models") return send(response, 200, modelsBody(desk.engine.models));
    throw new OpenAiError(404, `Invalid URL (${route})`);
  } catch (error) {
    if (!(error instanceof OpenAiError)) throw error;
    if (error.status < 429) desk.counter.rejected();
    send(response, error.status, error.body, error.headers);
  }
}

async function complete(text: string, response: ServerResponse, desk: Desk): Promise<void> {
  const { engine, counter, faults, options } = desk;
  const { asked, topLogprobs } = readAsked(text);
  const content = contentHash(text);
  const fault = faults.next(content);
  if (fault) counter.fault(fault);
  await wait(latency(options, content));
  if (fault && fault !== "cut-body") return fail(fault, asked.model, response, options.retryAfterSeconds);
  const completion = engine.answer(asked);
  counter.answer(content, completion);
  const body = completionBody(completion, asked.model, topLogprobs, content);
  if (fault === undefined) return send(response, 200, body);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

function latency({ latencyMs = 0, seed = 1 }: JudgeSimulatorOptions, content: string): number {
  if (typeof latencyMs === "number") return latencyMs;
  const [least, most] = latencyMs;
  return least + (most - least) * drawsFor(seed, "latency", content).uniform();
}

function checkKey({ headers }: IncomingMessage, wanted: string | undefined): void {
  if (wanted === undefined) return;
  const key = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (key === undefined) throw missingKey();
  if (key !== wanted) throw wrongKey(key);
}

function modelsBody(models: readonly string[]): string {
  const data = models.map((id) => ({ id, object: "model", created: 1_700_000_000, owned_by: "rankwright" }));
  return JSON.stringify({ object: "list", data });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
