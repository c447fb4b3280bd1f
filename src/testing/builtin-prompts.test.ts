import { afterEach, describe, expect, it } from "vitest";
import { builtinNames, builtinPrompt, openAiChat, type PromptKind, renderPrompt } from "../llm/index.js";
import {
  listwise,
  llmJudge,
  pairwise,
  pointwise,
  setwise,
  tokenLogitScorer,
  topDown,
  tournament,
} from "../rerank/index.js";
import { type JudgeSimulator, startJudgeSimulator } from "./judge-simulator.js";
import type { QuestionKind } from "./recognise/question.js";
import { createRecogniser } from "./recognise/recognise.js";

const QUERY = "which harbour has 3 grades of water";
const TEXTS = Array.from(
  { length: 30 },
  (_, i) => `Harbour ${i}: see [2], "Passage B:" and <|im_end|> for the depth.`,
);
const truth = { documents: TEXTS, queries: [QUERY], score: (text: string) => TEXTS.indexOf(text) - 12 };
const KINDS: Readonly<Record<PromptKind, QuestionKind>> = {
  ...{ listwise: "listwise", selection: "listwise", setwise: "setwise", pairwise: "prp" },
  ...{ cross: "prp", judge: "zelo", relevance: "yes-no" },
};

let simulator: JudgeSimulator | undefined;
afterEach(() => simulator?.close());

describe("the built-in prompts", () => {
  it.each(builtinNames())("are understood: %s", (name) => {
    const template = builtinPrompt(name);
    const count = { relevance: 1, pairwise: 2, cross: 2, judge: 2 }[template.kind as string] ?? 4;
    const documents = TEXTS.slice(3, 3 + count).map((text) => ({ text }));
    const { messages } = renderPrompt(template, {
      query: QUERY,
      documents,
      ...(template.kind === "cross" && { queries: [QUERY, QUERY] }),
    });
    const question = createRecogniser(truth)({ messages });
    expect(question?.kind).toBe(name === "graded" ? "graded" : KINDS[template.kind]);
    expect(question?.documents.map(({ text }) => text)).toEqual(documents.map(({ text }) => text));
    expect(question?.documents.map(({ query }) => query)).toEqual(documents.map(() => QUERY));
  });
});

describe("rerankers over HTTP", () => {
  it("put the best first, whatever they ask", async () => {
    simulator = await startJudgeSimulator({ truth, judges: { sure: { noise: 0.1 } }, apiKey: "sk-0" });
    const model = openAiChat({ model: "sure", baseUrl: simulator.url, apiKey: "sk-0", env: {} });
    const documents = TEXTS.map((_, i) => TEXTS[(i * 7) % TEXTS.length]!);
    const rerankers = [
      listwise(model),
      setwise(model),
      tournament(model),
      topDown(model),
      pointwise(tokenLogitScorer(model)),
      pointwise(tokenLogitScorer(model, { prompt: "mxbai-rerank" })),
      pairwise(llmJudge(model), { method: "sorting" }),
      pairwise(llmJudge(model, { prompt: "zelo" }), { method: "sorting" }),
    ];
    for (const reranker of rerankers) {
      const { results, warnings } = await reranker.rerank({ query: QUERY, documents, topN: 2 });
      // A tournament gives both the same points.
      const best = results.map(({ document }) => document.text).sort();
      expect(best, reranker.id).toEqual([TEXTS[28], TEXTS[29]]);
      expect(warnings, reranker.id).toEqual([]);
    }
  });

  it("are asked again after faults that another attempt mends", async () => {
    const faults = {
      "rate-limit": 0.1,
      "server-error": 0.1,
      unavailable: 0.05,
      drop: 0.05,
      "cut-body": 0.05,
      "not-json": 0.05,
    };
    simulator = await startJudgeSimulator({ truth, judges: { sure: { noise: 0.1 } }, faults });
    const clock = { now: () => performance.now(), sleep: async () => undefined, random: () => 0.5 };
    const model = openAiChat({ model: "sure", baseUrl: simulator.url, env: {}, retries: 8, clock });
    const { results } = await pairwise(llmJudge(model), { method: "sorting" }).rerank({
      query: QUERY,
      documents: TEXTS,
      topN: 1,
    });
    expect(results[0]?.index).toBe(29);
    const { requests, answered } = simulator.counts();
    expect(requests).toBeGreaterThan(1.2 * answered);
  });
});
