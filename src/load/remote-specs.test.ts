import { describe, expect, it } from "vitest";
import { fakeEndpoint, type Received, type Reply } from "../llm/testing/fake-endpoint.js";
import { loadReranker } from "../load.js";
import type { RerankerSpec } from "./spec.js";

const documents = ["worth 1", "worth 7", "worth 3"];
const usage = { prompt_tokens: 1000, completion_tokens: 10 };
const chat = (content: string, more: object = {}): Reply => ({
  body: { model: "m", choices: [{ message: { content }, finish_reason: "stop", ...more }], usage },
});
/** Puts the documents that a prompt shows in order of the number in them. */
function byWorth({ body }: Received): Reply {
  const shown = [...JSON.stringify(body.messages).matchAll(/\[(\d+)\] worth (\d)/g)];
  const best = shown.toSorted((a, b) => Number(b[2]) - Number(a[2])).map(([, id]) => `[${id}]`);
  return chat(best.join(" > "));
}

async function ranked(spec: RerankerSpec) {
  const reranker = await loadReranker(spec);
  try {
    return await reranker.rerank({ query: "q", documents });
  } finally {
    await reranker.close();
  }
}

describe("specs of remote models", () => {
  it("open a listwise reranker with prices, and its options reach the server", async () => {
    const { baseUrl, received } = await fakeEndpoint(byWorth);
    const { results, usage, scoreScale } = await ranked({
      listwise: {
        ...{
          model: "m",
          baseUrl,
          apiKey: "secret",
          window: 3,
          stride: 1,
          documentWords: 50,
          temperature: 0.5,
        },
        prices: { m: { input: 2, output: 5 } },
      },
    });
    expect(results.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(scoreScale).toBe("rank");
    expect(usage.cost).toBeCloseTo(0.00205);
    expect(received[0]).toMatchObject({
      headers: { authorization: "Bearer secret" },
      body: { model: "m", temperature: 0.5 },
    });
  });

  it("keep to a budget", async () => {
    const { baseUrl, received } = await fakeEndpoint(byWorth);
    const listwise = {
      model: "m",
      baseUrl,
      apiKey: false as const,
      window: 2,
      stride: 1,
      budget: { calls: 1 },
    };
    const { warnings } = await ranked({ listwise });
    expect(received).toHaveLength(1);
    expect(warnings.map(({ code }) => code)).toContain("budget");
  });

  it("open every other method", async () => {
    const { baseUrl } = await fakeEndpoint(byWorth);
    const { baseUrl: letters } = await fakeEndpoint(({ body }) => {
      const shown = [...JSON.stringify(body.messages).matchAll(/Passage (\w): \\"worth (\d)/g)];
      return chat(`Passage ${shown.toSorted((a, b) => Number(b[2]) - Number(a[2]))[0]?.[1]}`);
    });
    const { baseUrl: yes } = await fakeEndpoint(({ body }) =>
      chat(/worth 7/.test(JSON.stringify(body.messages)) ? "Yes" : "No"),
    );
    const at = (url: string) => ({ model: "m", baseUrl: url, apiKey: false as const });
    for (const spec of [
      { tournament: { ...at(baseUrl), rounds: 1, groupSize: 5 } },
      { topDown: { ...at(baseUrl), window: 5, cutoff: 2, keep: 5 } },
      { setwise: { ...at(letters), children: 2, depth: 3 } },
      { tokenLogit: { ...at(yes), withoutLogprobs: "verdict" } },
    ] as const) {
      const { results } = await ranked(spec);
      expect([Object.keys(spec)[0], results[0]?.index]).toEqual([Object.keys(spec)[0], 1]);
    }
  });

  it("open a panel of judges, which are asked in both orders", async () => {
    const { baseUrl, received } = await fakeEndpoint(({ body }) => {
      const [a, b] = [...JSON.stringify(body.messages).matchAll(/worth (\d)/g)].map(([, worth]) =>
        Number(worth),
      );
      return chat(`Passage ${(a as number) > (b as number) ? "A" : "B"}`);
    });
    const judge = { model: "m", baseUrl, apiKey: false as const };
    const { results, scoreScale } = await ranked({
      pairwise: [judge, { ...judge, id: "two" }],
      method: "all-pairs",
    });
    expect(results.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(scoreScale).toBe("logit");
    expect(received).toHaveLength(12);
  });

  it("take a chat model or one of the AI SDK where they stand in code", async () => {
    const model = {
      id: "mine",
      chat: async () =>
        ({ text: "[2] > [3] > [1]", finish: "stop", model: "mine", latencyMs: 1, attempts: 1 }) as const,
    };
    expect((await ranked({ listwise: { model } })).results[0]?.index).toBe(1);
  });

  it("open a hosted API by its name and model, alone and as a stage", async () => {
    const { baseUrl, received } = await fakeEndpoint(({ body }) => ({
      body: {
        results: body.documents.map((text: string, index: number) => ({
          ...{ index, relevance_score: Number(text.slice(-1)) / 10 },
        })),
      },
    }));
    const hosted = { hosted: "cohere", model: "rerank-v4.0-pro", baseUrl, apiKey: "k" } as const;
    expect((await ranked(hosted)).results.map(({ index }) => index)).toEqual([1, 2, 0]);
    const { results } = await ranked({ cascade: [{ model: "rankwright/as-given", keep: 2 }, hosted] });
    expect(results.map(({ index }) => index)).toEqual([1, 0, 2]);
    expect(received[1]?.body).toMatchObject({ model: "rerank-v4.0-pro", documents: ["worth 1", "worth 7"] });
  });

  it("read the key from the variable that they name", async () => {
    const { baseUrl, received } = await fakeEndpoint(byWorth);
    process.env.SPEC_TEST_KEY = "from-variable";
    try {
      await ranked({ listwise: { model: "m", baseUrl, apiKeyEnv: "SPEC_TEST_KEY" } });
    } finally {
      delete process.env.SPEC_TEST_KEY;
    }
    expect(received[0]?.headers.authorization).toBe("Bearer from-variable");
  });

  it.each([
    [{ listwise: {} }, "listwise.model is undefined; give the name of a model"],
    [{ listwise: "gpt" }, 'listwise is "gpt"; give an object such as'],
    [{ listwise: { model: "m", windw: 5 } }, "listwise.windw is 5; did you mean window?"],
    [{ listwise: { model: "m", window: 1 } }, "listwise.window is 1; give a whole number of at least 2"],
    [{ listwise: { model: "m", prompt: "rankgtp" } }, "rankgtp"],
    [{ cascade: [{ listwise: { model: "m", stride: 20 } }] }, "cascade[0]: stride is 20"],
    [
      { listwise: { model: "m", prices: { m: { inputs: 1 } } } },
      "listwise.prices.m.inputs is 1; there is no such field here",
    ],
    [{ listwise: { model: "m", apiKey: 12345 } }, "listwise.apiKey is ***; give a key"],
    [{ listwise: { model: "m", apiKeyEnv: "NO_SUCH_KEY" } }, 'apiKeyEnv is "NO_SUCH_KEY"'],
    [
      { listwise: { model: "m", budget: { cost: 1 } } },
      'budget.cost is 1, and prices has none for "m"; add it',
    ],
    [{ pairwise: [] }, "pairwise is []; give one judge or more"],
    [{ pairwise: [{ model: "m" }, { model: 5 }] }, "pairwise[1].model is 5; give the name of a model"],
    [{ pairwise: { model: "m", idd: "x" } }, "pairwise.idd is "],
    [{ pairwise: { model: "m" }, method: "bubble" }, 'method is "bubble"; give active, cycles'],
    [{ hosted: "coher" }, 'hosted is "coher"; give one of cohere'],
    [{ hosted: "cohere" }, "model is undefined"],
    [{ hosted: "cohere", model: 5 }, "model is 5"],
    [{ hosted: "cohere", model: "m", cascade: [] }, "it says what the reranker is, and so does cascade"],
  ])("refuse %j", async (spec, message) => {
    await expect(loadReranker(spec as never)).rejects.toThrow(message);
  });
});
