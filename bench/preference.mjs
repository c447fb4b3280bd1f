// node bench/preference.mjs [--repetitions 100]: how fast preference fits are, and how well they recover known scores
// from how many comparisons of which kind. Needs `npm run build` first.
import { parseArgs } from "node:util";
import { kendallTau, pearson, Random } from "../dist/evaluate/index.js";
import {
  crossPairs,
  cyclePairs,
  fitBradleyTerry,
  fitOffsets,
  fitThurstone,
  selectPairs,
  winRates,
} from "../dist/preference/index.js";
import { mean, median } from "./measure/statistics.mjs";
import { judge, ndcg10, trueScores } from "./preference/simulated-query.mjs";
import { number, table } from "./report/table.mjs";

const ITEMS = 100;
const VOTES = ["binary", "three", "soft"];
const options = { items: Array.from({ length: ITEMS }, (_, item) => item) };

const { values } = parseArgs({ options: { repetitions: { type: "string", default: "100" } } });
const repetitions = Number(values.repetitions);

speed();
pairs();
methods();
selection();
queries();

/** Time of whole fits, from comparisons of named items to scores. */
function speed() {
  const rows = [
    ["Bradley–Terry", fitBradleyTerry, 100, 400, 500],
    ["Thurstone", fitThurstone, 100, 400, 500],
    ["Bradley–Terry", fitBradleyTerry, 10_000, 200_000, 7],
    ["Thurstone", fitThurstone, 10_000, 200_000, 7],
  ].flatMap(([name, fit, n, count, times]) =>
    VOTES.map((vote) => {
      const random = new Random(n);
      const truth = trueScores(n, random);
      const indices = cyclePairs(n, { cycles: count / n, seed: 1 });
      const comparisons = ask(indices, truth, vote, random).map(({ a, b, probability }) => ({
        a: `d${a}`,
        b: `d${b}`,
        probability,
      }));
      const steps = [];
      const elapsed = Array.from({ length: times }, () => {
        const start = performance.now();
        steps.push(fit(comparisons).iterations);
        return performance.now() - start;
      });
      return [
        `${name}, ${vote}`,
        String(n),
        String(count),
        String(steps[0]),
        number(median(elapsed)),
        number(elapsed[0]),
      ];
    }),
  );
  console.log(table(["fit", "items", "comparisons", "steps", "median ms", "first ms"], rows));
}

/** Comparisons of pairs of places by a simulated judge. */
function ask(indices, truth, vote, random) {
  return indices.map(([a, b]) => ({ a, b, probability: judge(vote, truth[a] - truth[b], random) }));
}

/** Mean τ and nDCG@10 over repetitions of what `estimate(truth, vote, random, seed)` makes of 100 items. */
function quality(vote, estimate) {
  const results = Array.from({ length: repetitions }, (_, seed) => {
    const random = new Random(1000 + seed);
    const truth = trueScores(ITEMS, random);
    const scores = estimate(truth, vote, random, seed);
    return [kendallTau(truth, scores), ndcg10(truth, scores)];
  });
  return [0, 1].map((k) => mean(results.map((result) => result[k])).toFixed(3)).join(" / ");
}

function cycles(count, fit = fitBradleyTerry) {
  return (truth, vote, random, seed) =>
    fit(ask(cyclePairs(ITEMS, { cycles: count, seed }), truth, vote, random), options).scores;
}

function pairs() {
  const rows = [2, 4, 8, 16].map((count) => [
    `${count * ITEMS} pairs (${count} cycles)`,
    ...VOTES.map((vote) => quality(vote, cycles(count))),
  ]);
  console.log(`\n${table(["τ / nDCG@10, 100 items", "1 binary vote", "3 binary votes", "soft"], rows)}`);
}

/** Other estimates from 400 pairs. */
function methods() {
  const rate = (truth, vote, random, seed) => {
    const rates = winRates(ask(cyclePairs(ITEMS, { seed }), truth, vote, random), options);
    const byItem = new Map(rates.map(({ item, score }) => [item, score]));
    return options.items.map((item) => byItem.get(item));
  };
  const anywhere = (truth, vote, random) => {
    const drawn = Array.from({ length: 4 * ITEMS }, () => {
      const a = random.int(ITEMS);
      return [a, (a + 1 + random.int(ITEMS - 1)) % ITEMS];
    });
    return fitBradleyTerry(ask(drawn, truth, vote, random), options).scores;
  };
  const zelo = (comparisons, given) => fitThurstone(comparisons, { ...given, scale: "zelo" });
  const rows = [
    ["Bradley–Terry", cycles(4)],
    ["Thurstone, zELO's scale", cycles(4, zelo)],
    ["win rate (Borda)", rate],
    ["Bradley–Terry, pairs drawn at random", anywhere],
  ].map(([name, estimate]) => [name, ...VOTES.map((vote) => quality(vote, estimate))]);
  console.log(`\n${table(["400 pairs", "1 binary vote", "3 binary votes", "soft"], rows)}`);
}

/** Two cycles, then four batches of 50 pairs that a rule selects. */
function selection() {
  const adaptive = (rule) => (truth, vote, random, seed) => {
    let comparisons = ask(cyclePairs(ITEMS, { cycles: 2, seed }), truth, vote, random);
    for (let batch = 0; batch < 4; batch++) {
      const fit = fitBradleyTerry(comparisons, options);
      const next = selectPairs(fit, { count: 50, asked: comparisons, ...rule });
      comparisons = comparisons.concat(
        ask(
          next.map(({ a, b }) => [a, b]),
          truth,
          vote,
          random,
        ),
      );
    }
    return fitBradleyTerry(comparisons, options).scores;
  };
  const rows = [
    ["4 cycles", cycles(4)],
    ["information gain", adaptive({})],
    ["information gain, top 10", adaptive({ top: 10 })],
  ].map(([name, estimate]) => [name, ...VOTES.map((vote) => quality(vote, estimate))]);
  console.log(`\n${table(["400 pairs, second half", "1 binary vote", "3 binary votes", "soft"], rows)}`);
}

/**
 * 200 queries of 20 documents: how well scores of different queries can be compared, by pairs asked per
 * query.
 */
function queries() {
  const [count, size] = [200, 20];
  const rounds = [0, 1, 2, 4, 8, 16];
  const sums = rounds.map(() => []);
  for (let seed = 0; seed < Math.min(5, repetitions); seed++) {
    const random = new Random(seed);
    const levels = Array.from({ length: count }, () => 2 * random.normal());
    const truth = levels.map((level) => Array.from({ length: size }, () => level + 1.5 * random.normal()));
    const scores = truth.map((own) => own.map((value) => value - mean(own)));
    for (const [k, cycles] of rounds.entries()) {
      const cross =
        cycles === 0
          ? []
          : crossPairs(
              scores.map(() => size),
              { cycles, seed },
            );
      const comparisons = cross.map(([a, b]) => {
        const difference = truth[a.group][a.item] - truth[b.group][b.item] + random.normal();
        return {
          a: a.group,
          b: b.group,
          probability: 1 / (1 + Math.exp(-difference)),
          difference: scores[a.group][a.item] - scores[b.group][b.item],
        };
      });
      const offsets = cycles === 0 ? undefined : fitOffsets(comparisons);
      const all = scores.flatMap((own, query) => own.map((value) => value + (offsets?.score(query) ?? 0)));
      sums[k].push(pearson(truth.flat(), all));
    }
  }
  const rows = rounds.map((cycles, k) => [String(cycles), mean(sums[k]).toFixed(3)]);
  console.log(`\n${table(["cross pairs asked per query", "correlation with truth"], rows)}`);
}
