import { afterEach, describe, expect, it } from "vitest";
import { type JudgeSimulator, type JudgeSimulatorOptions, startJudgeSimulator } from "./judge-simulator.js";
import type { Fault } from "./server/faults.js";

const truth = new Map([
  ["a better text", 1],
  ["a worse text", 0],
]);
const PROMPT = 'Passage A: "a better text" Passage B: "a worse text" Output Passage A or Passage B:';

let running: JudgeSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.map((simulator) => simulator.close()));
  running = [];
});
async function start(options: Partial<JudgeSimulatorOptions> = {}): Promise<JudgeSimulator> {
  const simulator = await startJudgeSimulator({ truth, ...options });
  running.push(simulator);
  return simulator;
}

const bodyOf = (content: string, more: object = {}) =>
  JSON.stringify({ model: "judge", messages: [{ role: "user", content }], ...more });
const post = (simulator: JudgeSimulator, body: string, headers: Record<string, string> = {}) =>
  fetch(`${simulator.url}/chat/completions`, { method: "POST", body, headers });
const json = async (response: Promise<Response>) => JSON.parse(await (await response).text());
async function refusal(response: Response): Promise<Record<string, unknown>> {
  return { status: response.status, ...(await json(Promise.resolve(response))).error };
}

describe("startJudgeSimulator", () => {
  it.each<[object, string]>([
    [{ truth: undefined }, "truth is undefined: pass a Map of texts and scores"],
    [{ truth: { "a text": 1 } }, 'truth is {"a text":1}: pass a Map'],
    [
      { faults: { "rate-limits": 0.1 } },
      "faults.rate-limits is 0.1: there is none of this name; use rate-limit, ",
    ],
    [{ faults: { drop: 5 } }, "faults.drop is 5: pass a share from 0 to 1"],
    [{ faults: { drop: 0.6, stall: 0.6 } }, "pass shares whose sum is at most 1"],
    [
      { judges: { judge: { malformed: { refusals: 0.1 } } } },
      "judges.judge.malformed.refusals is 0.1: there is none",
    ],
  ])("refuses %j", async (options, message) => {
    await expect(start(options as never)).rejects.toThrow(message);
  });

  it("answers as OpenAI's protocol has it, the same to the same request", async () => {
    const simulator = await start();
    const request = bodyOf(PROMPT, { logprobs: true, top_logprobs: 2 });
    const answer = await json(post(simulator, request));
    expect(answer).toMatchObject({
      object: "chat.completion",
      model: "judge",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: expect.stringMatching(/^Passage [AB]$/), refusal: null },
          finish_reason: "stop",
        },
      ],
      usage: { prompt_tokens: 29, completion_tokens: 2, total_tokens: 31 },
    });
    const [{ logprobs, message }] = answer.choices;
    expect(logprobs.content.map(({ token }: { token: string }) => token).join("")).toBe(message.content);
    expect(logprobs.content[1].top_logprobs).toHaveLength(2);
    const again = await json(post(simulator, request));
    expect(again.choices).toEqual(answer.choices);
    const plain = await json(post(simulator, bodyOf(PROMPT)));
    expect(plain.choices[0]).toMatchObject({ message, logprobs: null });
    expect(simulator.counts()).toMatchObject({ requests: 3, answered: 3, distinct: 2, byKind: { prp: 3 } });
    expect([...simulator.answers().values()]).toEqual([2, 1]);
  });

  it("lists its models", async () => {
    const simulator = await start({ judges: { strict: {}, lenient: { temperature: 2 } } });
    const { data } = await json(fetch(`${simulator.url}/models`));
    expect(data.map(({ id }: { id: string }) => id)).toEqual(["strict", "lenient"]);
    const body = bodyOf(PROMPT, { model: "gpt-5" });
    expect(await refusal(await post(simulator, body))).toEqual({
      status: 404,
      message: "The model `gpt-5` does not exist or you do not have access to it.",
      type: "invalid_request_error",
      param: null,
      code: "model_not_found",
    });
  });

  it("wants its key, and never repeats a wrong one", async () => {
    const simulator = await start({ apiKey: "sk-right" });
    const missing = await refusal(await post(simulator, bodyOf(PROMPT)));
    expect(missing).toMatchObject({ status: 401, message: expect.stringMatching(/^You didn't provide/) });
    const key = "sk-proj-this-is-my-secret";
    const wrong = await refusal(await post(simulator, bodyOf(PROMPT), { authorization: `Bearer ${key}` }));
    expect(wrong).toMatchObject({ status: 401, code: "invalid_api_key" });
    expect(JSON.stringify(wrong)).not.toContain("my-s");
    expect((await post(simulator, bodyOf(PROMPT), { authorization: "Bearer sk-right" })).status).toBe(200);
    expect(simulator.counts()).toMatchObject({ requests: 3, rejected: 2, answered: 1 });
  });

  it.each<[string, number, object]>([
    ["a prompt beyond the context", 29, {}],
    ["a prompt and answer beyond it", 53, { max_tokens: 25 }],
  ])("refuses %s", async (_, contextTokens, more) => {
    const code = "context_length_exceeded";
    const simulator = await start({ judges: { judge: { contextTokens }, roomy: { contextTokens: 54 } } });
    expect(await refusal(await post(simulator, bodyOf(PROMPT, more)))).toMatchObject({ status: 400, code });
    expect((await post(simulator, bodyOf(PROMPT, { ...more, model: "roomy" }))).status).toBe(200);
  });

  it.each<[string, string]>([
    ["stream", bodyOf(PROMPT, { stream: true })],
    ["n", bodyOf(PROMPT, { n: 2 })],
    ["top_logprobs", bodyOf(PROMPT, { logprobs: true, top_logprobs: 21 })],
    ["top_logprobs", bodyOf(PROMPT, { top_logprobs: 5 })],
    ["max_tokens", bodyOf(PROMPT, { max_tokens: 0 })],
    ["messages", JSON.stringify({ model: "judge" })],
    ["model", "{}"],
    ["messages", bodyOf("What is the capital of France?")],
  ])("refuses a request for its %s", async (param, body) => {
    const simulator = await start();
    expect(await refusal(await post(simulator, body))).toMatchObject({ status: 400, param });
    expect(simulator.counts()).toMatchObject({ requests: 1, rejected: 1 });
  });

  it("refuses what is no JSON, and other paths", async () => {
    const simulator = await start();
    expect((await refusal(await post(simulator, "{"))).message).toMatch(/could not parse/);
    expect((await fetch(`${simulator.url}/embeddings`)).status).toBe(404);
  });

  it("fails when it is told to, and answers afterwards", async () => {
    const simulator = await start({ retryAfterSeconds: 2 });
    const statuses: [Fault, number][] = [
      ["rate-limit", 429],
      ["quota", 429],
      ["server-error", 500],
      ["unavailable", 503],
    ];
    for (const [fault, status] of statuses) {
      simulator.failNext(fault);
      const response = await post(simulator, bodyOf(PROMPT));
      expect(response.status).toBe(status);
      expect(response.headers.get("retry-after")).toBe(fault === "rate-limit" ? "2" : null);
      expect((await refusal(response)).message).toBeTypeOf("string");
    }
    simulator.failNext("not-json");
    expect(await (await post(simulator, bodyOf(PROMPT))).text()).toMatch(/^<html>/);
    simulator.failNext("wrong-json");
    expect((await json(post(simulator, bodyOf(PROMPT)))).choices).toEqual([]);
    expect(simulator.counts().answered).toBe(0);
    expect((await post(simulator, bodyOf(PROMPT))).status).toBe(200);
  });

  it("drops connections, before the answer or in its middle, which is billed", async () => {
    const simulator = await start();
    simulator.failNext("drop");
    await expect(post(simulator, bodyOf(PROMPT))).rejects.toThrow();
    expect(simulator.counts().answered).toBe(0);
    simulator.failNext("cut-body");
    await expect(post(simulator, bodyOf(PROMPT)).then((response) => response.text())).rejects.toThrow();
    expect(simulator.counts()).toMatchObject({ answered: 1, faults: { drop: 1, "cut-body": 1 } });
  });

  it("stalls until the caller or the test has enough", async () => {
    const simulator = await start();
    simulator.failNext("stall");
    const signal = AbortSignal.timeout(50);
    await expect(
      fetch(`${simulator.url}/chat/completions`, { method: "POST", body: bodyOf(PROMPT), signal }),
    ).rejects.toThrow(/timeout/);
    simulator.failNext("stall");
    const waiting = expect(post(simulator, bodyOf(PROMPT))).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await simulator.close();
    running = [];
    await waiting;
  });

  it("fails as often as it should; another attempt may succeed", async () => {
    const simulator = await start({ faults: { "server-error": 0.5 } });
    const statuses: number[] = [];
    for (let i = 0; i < 60; i++) statuses.push((await post(simulator, bodyOf(PROMPT))).status);
    const failures = statuses.filter((status) => status === 500).length;
    expect(failures).toBeGreaterThan(15);
    expect(failures).toBeLessThan(45);
    expect(simulator.counts()).toMatchObject({ answered: 60 - failures, distinct: 1 });
  });

  it("takes its time", async () => {
    const simulator = await start({ latencyMs: [40, 60] });
    const before = performance.now();
    await post(simulator, bodyOf(PROMPT));
    expect(performance.now() - before).toBeGreaterThanOrEqual(39);
  });

  it("takes a recogniser for prompts of other kinds", async () => {
    const simulator = await start({
      recognise: ({ messages }) => {
        const text = [...truth.keys()].find((one) => messages[0]?.content.endsWith(one));
        return text === undefined
          ? undefined
          : { kind: "yes-no", documents: [{ text, label: "", query: undefined }] };
      },
    });
    const answer = await json(post(simulator, bodyOf("Nützlich? a better text")));
    expect(answer.choices[0].message.content).toMatch(/^(Yes|No)$/);
  });
});
