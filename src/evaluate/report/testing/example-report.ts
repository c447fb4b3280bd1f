import type {
  Comparison,
  EvaluationReport,
  Finding,
  Reliability,
  ReportedSystem,
  ScoreDistribution,
} from "../evaluation-report.js";

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const MEASURES = ["nDCG@10", "RR@10", "AP", "R@100"];

/** A full report with invented but plausible numbers: `models` models on `queries` queries. */
export function exampleReport(models: number, queries: number, seed = 7): EvaluationReport {
  const random = randomNumbers(seed);
  const ids = Array.from({ length: queries }, (_, index) => `q${index + 1}`);
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const grid = (value: number) => Math.round(clamp(value) * 40) / 40;
  const hardness = ids.map(() => 0.15 + 0.8 * random());
  const make = (name: string, kind: ReportedSystem["kind"], skill: number, noise: number): ReportedSystem => {
    const values = Object.fromEntries(
      MEASURES.map((measure, index) => [
        measure,
        hardness.map((hard) => {
          const untouched = kind === "model" && random() < 0.15;
          return untouched
            ? grid(hard * 0.8)
            : grid(hard * 0.8 + skill + index * 0.03 + noise * (random() - 0.5));
        }),
      ]),
    );
    const means = Object.fromEntries(
      Object.entries(values).map(([measure, list]) => [measure, list.reduce((a, b) => a + b, 0) / queries]),
    );
    return { name, kind, means, perQuery: { queries: ids, values } };
  };
  const names = [
    "cross-encoder/ms-marco-MiniLM-L6-v2",
    "cross-encoder/ms-marco-TinyBERT-L2-v2",
    "BAAI/bge-reranker-base",
    "cross-encoder/ms-marco-electra-base",
    "mixedbread-ai/mxbai-rerank-xsmall-v1",
    "my-model",
  ];
  const rerankers = Array.from({ length: models }, (_, index) => ({
    ...make(names[index] ?? `model ${index + 1}`, "model", 0.09 - index * 0.03, 0.5),
    model: `${names[index] ?? "model"} @ c5ee24cb, float32`,
    latency: { p50: 690 / (index * 2 + 1), p95: 1240 / (index * 2 + 1), mean: 742 / (index * 2 + 1) },
    pairsPerQuery: 100,
    tokensPerQuery: 15_230.4 - index * 100,
    truncatedShare: 0.071,
  }));
  const bm25 = {
    ...make("BM25", "first stage", 0, 0.1),
    latency: { p50: 6.4, p95: 11.8, mean: 7.1 },
  };
  const systems = [bm25, make("random order", "random", -0.35, 0.2), ...rerankers];
  const comparisons = MEASURES.flatMap((measure) =>
    systems.slice(1).map((system) => compare(system, bm25, measure)),
  );
  const depths = [5, 10, 20, 50, 100, 200];
  return {
    title: "Re-ranking SciFact with small cross-encoders",
    created: "20 November 2026, 16:14 UTC",
    measures: MEASURES,
    collection: { name: "scifact", documents: 5183, queries, judged: queries, grades: "0, 1" },
    settings: [
      { name: "first stage", value: "BM25, k1 = 0.9, b = 0.4, Porter stemmer, 33 stop words" },
      { name: "depth", value: "100" },
      { name: "measures", value: MEASURES.join(", ") },
      { name: "significance", value: "paired randomisation, 100,000 flips" },
      { name: "seed", value: "42" },
      { name: "rankwright", value: "0.1.0" },
    ],
    systems,
    comparisons,
    depthCurves: rerankers.map((system, index) => ({
      system: system.name,
      depths,
      values: depths.map((depth) => {
        const first = bm25.means["nDCG@10"] ?? 0;
        const gain = (system.means["nDCG@10"] ?? 0) - first;
        return first + gain * (1.15 - 2.4 / depth - (depth / 100) * 0.07 * (index + 1));
      }),
    })),
    ceiling: {
      depths,
      recall: [0.62, 0.71, 0.79, 0.87, 0.925, 0.951],
      bestPossible: [0.64, 0.735, 0.81, 0.885, 0.936, 0.958],
    },
    reliability: rerankers
      .slice(0, 4)
      .map((system, index) => reliabilityOf(system.name, 0.25 * index, random)),
    scores: rerankers.slice(0, 4).map((system) => scoresOf(system.name, random)),
    warnings: ["7.1 % of candidates were longer than the model reads (512 tokens) and were cut."],
    queryTexts: Object.fromEntries(ids.map((id, index) => [id, TEXTS[index % TEXTS.length] as string])),
  };
}

function compare(system: ReportedSystem, baseline: ReportedSystem, measure: string): Comparison {
  const a = system.perQuery.values[measure] ?? [];
  const b = baseline.perQuery.values[measure] ?? [];
  const differences = a.map((value, index) => value - (b[index] as number));
  const mean = differences.reduce((x, y) => x + y, 0) / differences.length;
  const variance = differences.reduce((x, y) => x + (y - mean) ** 2, 0) / (differences.length - 1);
  const error = Math.sqrt(variance / differences.length);
  const p = Math.exp(-0.717 * (Math.abs(mean) / error) - 0.416 * (mean / error) ** 2);
  return {
    system: system.name,
    baseline: baseline.name,
    measure,
    difference: mean,
    low: mean - 1.96 * error,
    high: mean + 1.96 * error,
    p,
    pHolm: Math.min(1, p * 3),
    wins: differences.filter((d) => d > 0).length,
    ties: differences.filter((d) => d === 0).length,
    losses: differences.filter((d) => d < 0).length,
  };
}

function reliabilityOf(system: string, bend: number, random: () => number): Reliability {
  const bins = Array.from({ length: 10 }, (_, index) => {
    const predicted = (index + 0.35 + 0.3 * random()) / 10;
    const count = Math.round(24_000 * Math.exp(-index * 0.75) + 320 * random() + (index > 7 ? 500 : 40));
    const observed = Math.min(1, Math.max(0, predicted ** (1 + bend) + (random() - 0.5) * 0.06));
    const half = 1.96 * Math.sqrt((observed * (1 - observed) + 0.01) / Math.sqrt(count) / 3);
    const [low, high] = [Math.max(0, observed - half), Math.min(1, observed + half)];
    return { predicted, observed, count, low, high };
  });
  return { system, bins, ece: 0.0312 + bend * 0.2, brier: 0.0587 + bend * 0.1 };
}

function scoresOf(system: string, random: () => number): ScoreDistribution {
  const edges = Array.from({ length: 41 }, (_, index) => -12 + index * 0.6);
  const bell = (centre: number, width: number, total: number) =>
    edges
      .slice(1)
      .map((edge) =>
        Math.round(total * Math.exp(-(((edge - centre) / width) ** 2)) * (0.8 + 0.4 * random())),
      );
  return { system, relevant: bell(5, 4, 32), other: bell(-9, 4.5, 2600), edges };
}

const TEXTS = [
  "0-dimensional biomaterials show inductive properties.",
  "1 in 5 million in UK have abnormal PrP positivity.",
  "A deficiency of vitamin B12 increases blood levels of homocysteine, which in turn raises the risk of thrombosis in patients over the age of 60 who do not take folic acid.",
  "ALDH1 expression is associated with better breast cancer outcomes.",
  "هل يزيد نقص فيتامين ب12 مستوى الهوموسيستين؟",
  "喫煙は肺がんのリスクを高めますか",
];

/** What the doctor might say, one finding of each verdict and more. */
export const EXAMPLE_FINDINGS: readonly Finding[] = [
  {
    check: "Recall ceiling",
    verdict: "ok",
    figure: "Recall@100 0.9253; best possible nDCG@10 0.9360",
    text: "The first stage finds nearly all relevant documents within the candidates that are re-ranked.",
  },
  {
    check: "Truncation",
    verdict: "problem",
    figure: "38.2 % of candidates cut; 21.4 % of relevant text unread",
    text: "Many documents are longer than the 512 tokens that the model reads, and relevant ones lose more than others.",
    advice: "Score windows of 256 tokens and keep the best one: windows: { size: 256, stride: 192 }.",
  },
  {
    check: "Depth that hurts",
    verdict: "notice",
    figure: "nDCG@10 0.6934 at N = 50, 0.6871 at N = 200",
    text: "Past 50 candidates the model prefers documents that share no word with the query.",
    advice: "Re-rank 50 candidates; that also halves the latency.",
  },
  {
    check: "Threshold precision",
    verdict: "unknown",
    figure: "–",
    text: "The judgments hold fewer than 30 relevant documents per threshold.",
  },
  {
    check: "Duplicates",
    verdict: "ok",
    figure: "0.3 % of candidates",
    text: "Few candidates repeat the text of another one.",
  },
];
