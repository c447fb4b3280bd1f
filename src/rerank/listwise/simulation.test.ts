import { describe, expect, it } from "vitest";
import { mean } from "../../evaluate/statistics/describe.js";
import { kendallTau } from "../../evaluate/statistics/rank-correlation.js";
import type { ChatModel } from "../../llm/chat-model.js";
import { noisyJudge } from "../../llm/testing/noisy-judge.js";
import { scriptedModel } from "../../llm/testing/scripted-model.js";
import { Random } from "../../numbers/random.js";
import type { Reranker } from "../../types/index.js";
import { listwise } from "./listwise.js";
import { setwise } from "./setwise.js";
import { topDown } from "./top-down.js";
import { tournament } from "./tournament.js";

/**
 * A world of queries with 100 candidates of normally distributed worth, a first stage that sees it with as much noise
 * again, and a judge with half as much, who adds up to one standard deviation to what stands first in a prompt.
 * RANKWRIGHT_SIMULATION=1 prints the tables, over more queries.
 */
const SHOW = process.env.RANKWRIGHT_SIMULATION !== undefined;
const QUERIES = SHOW ? 40 : 8;
const COUNT = 100;
const NOISE = 0.5;
const BIAS = 1;

const gaussian = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
const worth = (text: string) => Number(text.split(" ").at(-1));

interface Query {
  /** By index, in the first stage's order. */
  readonly good: readonly string[];
  readonly random: readonly string[];
  readonly reversed: readonly string[];
}

function makeQuery(seed: number): Query {
  const random = new Random(seed);
  const documents = Array.from({ length: COUNT }, () => {
    const value = gaussian(random);
    return { text: `document worth ${value.toFixed(4)}`, seen: value + gaussian(random) };
  });
  const good = documents.sort((a, b) => b.seen - a.seen).map(({ text }) => text);
  return { good, random: random.shuffle([...good]), reversed: good.toReversed() };
}

/** nDCG@10 where the best 3 are worth 3, the next 7 2 and the next 15 1. */
function ndcg(ranked: readonly string[]): number {
  const ideal = ranked.map(worth).sort((a, b) => b - a);
  const grade = (text: string) => {
    const place = ideal.indexOf(worth(text));
    return place < 3 ? 3 : place < 10 ? 2 : place < 25 ? 1 : 0;
  };
  const dcg = (grades: readonly number[]) =>
    grades.slice(0, 10).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
  const gains = ranked.map(grade);
  return dcg(gains) / dcg(gains.toSorted((a, b) => b - a));
}

interface Outcome {
  readonly ndcg: number;
  readonly calls: number;
  readonly tokens: number;
}

const queries = Array.from({ length: QUERIES }, (_, seed) => makeQuery(100 + seed));

async function run(make: (model: ChatModel) => Reranker, order: keyof Query, bias = BIAS) {
  const outcomes: Outcome[] = [];
  for (const [seed, query] of queries.entries()) {
    const judge = noisyJudge({ worth, noise: NOISE, positionBias: (place) => bias * (1 - place), seed });
    const model = scriptedModel(judge);
    const { results, usage } = await make(model).rerank({ query: "q", documents: query[order] });
    const texts = results.map(({ document }) => document.text);
    outcomes.push({ ndcg: ndcg(texts), calls: usage.calls, tokens: usage.promptTokens ?? 0 });
  }
  const average = (name: keyof Outcome) => mean(outcomes.map((outcome) => outcome[name]));
  return { ndcg: average("ndcg"), calls: average("calls"), tokens: average("tokens") };
}

const METHODS: Readonly<Record<string, (model: ChatModel) => Reranker>> = {
  "listwise w20 s10": (model) => listwise(model),
  "2 passes": (model) => listwise(model, { passes: 2 }),
  "3 passes": (model) => listwise(model, { passes: 3 }),
  "5 permutations of windows": (model) => listwise(model, { permutations: 5 }),
  "5 permutations of the list": (model) => listwise(model, { permutations: 5, shuffle: "list" }),
  "setwise heapsort c2": (model) => setwise(model),
  "setwise heapsort c9": (model) => setwise(model, { children: 9 }),
  "setwise bubblesort c2": (model) => setwise(model, { sort: "bubblesort" }),
  "tournament r1": (model) => tournament(model),
  "tournament r5": (model) => tournament(model, { rounds: 5 }),
  "top-down w20": (model) => topDown(model),
  "top-down w20, budget 20": (model) => topDown(model, { budget: 20 }),
};

describe("order sensitivity with a noisy, biased judge", () => {
  it("is strong for one pass of windows, and small for tournaments", async () => {
    const rows: Record<string, Record<keyof Query, Outcome>> = {};
    const first = mean(queries.map(({ good }) => ndcg(good)));
    const names = SHOW ? Object.keys(METHODS) : ["listwise w20 s10", "3 passes", "tournament r5"];
    for (const name of names) {
      const make = METHODS[name]!;
      rows[name] = {
        good: await run(make, "good"),
        random: await run(make, "random"),
        reversed: await run(make, "reversed"),
      };
    }
    if (SHOW) {
      console.info(`first stage ${first.toFixed(3)}, ${QUERIES} queries`);
      for (const [name, row] of Object.entries(rows)) {
        const cells = [row.good, row.random, row.reversed].map(
          ({ ndcg, calls }) => `${ndcg.toFixed(3)} (${calls.toFixed(0)})`,
        );
        console.info(`| ${name} | ${cells.join(" | ")} | ${Math.round(row.good.tokens / 100) / 10}k |`);
      }
    }
    const { "listwise w20 s10": windows, "3 passes": passes, "tournament r5": tournaments } = rows;
    expect(windows!.good.ndcg).toBeGreaterThan(first + 0.1);
    expect(windows!.good.ndcg - windows!.reversed.ndcg).toBeGreaterThan(0.05);
    expect(passes!.reversed.ndcg).toBeGreaterThan(windows!.reversed.ndcg);
    const differs = Math.abs(tournaments!.good.ndcg - tournaments!.reversed.ndcg);
    expect(differs).toBeLessThan(windows!.good.ndcg - windows!.reversed.ndcg);
  }, 300_000);
});

describe("self-consistency", () => {
  it("recovers the ranking that a judge without bias would give", async () => {
    const documents = Array.from({ length: 20 }, (_, i) => `document worth ${i / 5}`);
    const truth = documents.map((_, i) => -i);
    const agreement = async (permutations: number, bias: number) => {
      const taus: number[] = [];
      for (let seed = 0; seed < QUERIES * 2; seed++) {
        const judge = noisyJudge({ worth, noise: NOISE, positionBias: (place) => bias * (1 - place), seed });
        const shown = new Random(seed).shuffle([...documents.keys()]);
        const { results } = await listwise(scriptedModel(judge), { permutations, seed }).rerank({
          query: "q",
          documents: shown.map((index) => documents[index]!),
        });
        const ranks: number[] = [];
        for (const { index, rank } of results) ranks[shown[index]!] = rank;
        taus.push(kendallTau(ranks, truth)!);
      }
      return mean(taus);
    };
    const unbiased = await agreement(1, 0);
    const rows: Record<number, number> = {};
    for (const permutations of SHOW ? [1, 2, 3, 5, 10, 20] : [1, 5, 20]) {
      rows[permutations] = await agreement(permutations, 2 * BIAS);
    }
    if (SHOW) console.info({ unbiased, ...rows });
    expect(rows[1]).toBeLessThan(unbiased - 0.05);
    expect(rows[5]).toBeGreaterThan(rows[1]!);
    expect(rows[20]).toBeGreaterThan(unbiased - 0.02);
    // Most of what twenty gain five have gained.
    expect((rows[5]! - rows[1]!) / (rows[20]! - rows[1]!)).toBeGreaterThan(0.5);
  }, 300_000);
});
