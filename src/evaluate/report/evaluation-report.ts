/**
 * Everything the HTML report shows, as plain data with all statistics already computed. A number that is not
 * known may be left out, or be NaN: it is shown as "–", and its mark is left out of the pictures.
 */
export interface EvaluationReport {
  readonly title: string;
  /** When it was made, as text; the page never asks the clock. */
  readonly created: string;
  /** Canonical names in the order of the tables; the first one is what the verdict and the pictures are about. */
  readonly measures: readonly string[];
  readonly collection: ReportedCollection;
  /** First stage, depth, seed and so on, in the order in which they are listed. */
  readonly settings: readonly Setting[];
  /** Names are unique; comparisons, curves, reliability and scores refer to them. */
  readonly systems: readonly ReportedSystem[];
  readonly comparisons: readonly Comparison[];
  readonly depthCurves?: readonly DepthCurve[] | undefined;
  readonly ceiling?: Ceiling | undefined;
  readonly reliability?: readonly Reliability[] | undefined;
  readonly scores?: readonly ScoreDistribution[] | undefined;
  readonly warnings: readonly string[];
  readonly findings?: readonly Finding[] | undefined;
  /** Text by query id, for the tables of the largest changes. */
  readonly queryTexts?: Readonly<Record<string, string>> | undefined;
}

export interface ReportedCollection {
  readonly name: string;
  readonly documents: number;
  readonly queries: number;
  /** Queries with judgments. */
  readonly judged: number;
  /** Distinct grades of the judgments, as text such as "0, 1, 2, 3". */
  readonly grades: string;
}

export interface Setting {
  readonly name: string;
  readonly value: string;
}

export interface ReportedSystem {
  readonly name: string;
  readonly kind: "first stage" | "random" | "model";
  /** Model id @ revision, where the name is not that already. */
  readonly model?: string | undefined;
  /** Aggregate value by measure name. */
  readonly means: Readonly<Record<string, number>>;
  /** `values[measure][i]` belongs to `queries[i]`. */
  readonly perQuery: {
    readonly queries: readonly string[];
    readonly values: Readonly<Record<string, readonly number[]>>;
  };
  /** Milliseconds per query. */
  readonly latency?: { readonly p50: number; readonly p95: number; readonly mean: number } | undefined;
  readonly pairsPerQuery?: number | undefined;
  readonly tokensPerQuery?: number | undefined;
  /** Share of candidates that were cut to the model's length, in [0, 1]. */
  readonly truncatedShare?: number | undefined;
}

/** One paired comparison over the queries that both systems answer. */
export interface Comparison {
  readonly system: string;
  readonly baseline: string;
  readonly measure: string;
  /** Mean of system − baseline. */
  readonly difference: number;
  /** Ends of the 95 % interval of the difference. */
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** p after Holm's correction over the family of comparisons. */
  readonly pHolm: number;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** Mean of the first measure when only the first `depths[i]` candidates are re-ranked. */
export interface DepthCurve {
  readonly system: string;
  readonly depths: readonly number[];
  readonly values: readonly number[];
}

/** What the first stage leaves possible, by depth. */
export interface Ceiling {
  readonly depths: readonly number[];
  /** Recall@N of the first stage. */
  readonly recall: readonly number[];
  /** Best mean of the first measure that any order of the first N candidates reaches. */
  readonly bestPossible: readonly number[];
}

export interface Reliability {
  readonly system: string;
  readonly bins: readonly ReliabilityBin[];
  readonly ece: number;
  readonly brier: number;
}

export interface ReliabilityBin {
  /** Mean predicted probability, in [0, 1]. */
  readonly predicted: number;
  /** Share of relevant documents, in [0, 1], with its 95 % interval. */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  /** Pairs in the bin. */
  readonly count: number;
}

/** Histograms of one system's scores: `relevant[i]` and `other[i]` count scores from `edges[i]` to `edges[i + 1]`. */
export interface ScoreDistribution {
  readonly system: string;
  readonly relevant: readonly number[];
  readonly other: readonly number[];
  /** Ascending; one more than there are bins. */
  readonly edges: readonly number[];
}

/** One check of the doctor. */
export interface Finding {
  readonly check: string;
  readonly verdict: "ok" | "notice" | "problem" | "unknown";
  /** The measured figure, as text. */
  readonly figure: string;
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string | undefined;
}
