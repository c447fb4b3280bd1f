// node bench/judging.mjs [--repetitions 20]: how well judges that are really asked, through prompts and answers, recover
// known scores: from how many pairs of which votes, with position bias in one order and in both, and by which method of
// asking. Needs `npm run build` first.
import { parseArgs } from "node:util";
import { kendallTau, Random } from "../dist/evaluate/index.js";
import { cyclePairs, fitBradleyTerry } from "../dist/preference/index.js";
import { llmJudge, pairwise } from "../dist/rerank/index.js";
import { simulatedChatModel } from "../dist/testing/index.js";
import { mean } from "./measure/statistics.mjs";
import { ndcg10, trueScores } from "./preference/simulated-query.mjs";
import { table } from "./report/table.mjs";

const ITEMS = 100;
const { values } = parseArgs({ options: { repetitions: { type: "string", default: "20" } } });
const repetitions = Number(values.repetitions);
const documents = Array.from({ length: ITEMS }, (_, i) => ({
  text: `Passage ${i} of a simulated collection.`,
}));
const items = documents.map((_, i) => i);

/** Judges of one query, each with noise of its own. */
function judgesOf(truth, settings, count, seed) {
  const scores = new Map(documents.map(({ text }, i) => [text, truth[i]]));
  return Array.from({ length: count }, (_, i) =>
    llmJudge(simulatedChatModel({ truth: scores, judge: settings, model: `judge-${i}`, seed })),
  );
}

const VOTES = {
  "1 binary vote": { settings: { logprobs: false }, count: 1 },
  "3 binary votes": { settings: { logprobs: false }, count: 3 },
  soft: { settings: { logitNoise: 0.7 }, count: 1 },
};

/** τ and nDCG@10, means over repetitions, of scores that `estimate(judges, seed)` gives. */
async function quality({ settings, count }, estimate) {
  const results = [];
  for (let seed = 0; seed < repetitions; seed++) {
    const truth = trueScores(ITEMS, new Random(1000 + seed));
    const scores = await estimate(judgesOf(truth, settings, count, seed), seed);
    results.push([kendallTau(truth, scores), ndcg10(truth, scores)]);
  }
  return [0, 1].map((k) => mean(results.map((result) => result[k])).toFixed(3)).join(" / ");
}

/** Each pair once, in the order in which it was drawn. */
function oneOrder(cycles) {
  return async (judges, seed) => {
    const comparisons = [];
    for (const [a, b] of cyclePairs(ITEMS, { cycles, seed })) {
      const question = { query: "q", first: documents[a], second: documents[b] };
      const said = await Promise.all(judges.map((judge) => judge.ask(question)));
      comparisons.push({ a, b, probability: mean(said.map(({ probability }) => probability)) });
    }
    return fitBradleyTerry(comparisons, { items }).scores;
  };
}

/** A reranker's scores, by document; 0 for those that it does not return. */
function byReranker(method, { topN, pairs = [] } = {}) {
  return async (judges) => {
    const { results, usage } = await pairwise(judges, { method }).rerank({ query: "q", documents, topN });
    pairs.push(usage.calls / judges.length / 2);
    const scores = new Float64Array(ITEMS);
    for (const { index, score } of results) scores[index] = score;
    return scores;
  };
}

async function rows(entries, votes = VOTES) {
  const all = [];
  for (const [name, estimate] of entries) {
    const cells = [];
    for (const vote of Object.values(votes)) cells.push(await quality(vote, estimate));
    all.push([name, ...cells]);
  }
  return all;
}

const cycles = [2, 4, 8, 16].map((count) => [`${count * ITEMS} pairs (${count} cycles)`, oneOrder(count)]);
console.log(table(["one order, τ / nDCG@10", ...Object.keys(VOTES)], await rows(cycles)));

const biased = Object.fromEntries(
  Object.entries(VOTES).map(([name, { settings, count }]) => [
    name,
    { settings: { ...settings, positionBias: 2 }, count },
  ]),
);
const orders = [
  ["400 pairs, one order", oneOrder(4)],
  ["200 pairs, both orders", byReranker({ name: "cycles", degree: 4 })],
  ["400 pairs, both orders", byReranker({ name: "cycles", degree: 8 })],
];
console.log(`\n${table(["position bias of 2 logits", ...Object.keys(VOTES)], await rows(orders, biased))}`);

/** Methods of asking, for the best ten. */
const methods = [
  ["cycles, degree 8", { name: "cycles", degree: 8 }],
  ["active, 400 pairs", { name: "active", pairs: 400 }],
  ["active, 200 pairs", { name: "active", pairs: 200 }],
  ["sorting", { name: "sorting" }],
  ["sliding, 10 passes", { name: "sliding", passes: 10 }],
];
const byMethod = [];
for (const [name, method] of methods) {
  const pairs = [];
  const cells = [];
  for (const vote of Object.values(VOTES)) {
    const both = await quality(vote, byReranker(method, { topN: 10, pairs }));
    cells.push(both.split(" / ")[1]);
  }
  byMethod.push([name, mean(pairs).toFixed(0), ...cells]);
}
console.log(`\n${table(["best ten, both orders, nDCG@10", "pairs", ...Object.keys(VOTES)], byMethod)}`);
