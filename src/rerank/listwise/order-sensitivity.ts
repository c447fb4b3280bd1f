import { mean } from "../../evaluate/statistics/describe.js";
import { kendallTau, spearman } from "../../evaluate/statistics/rank-correlation.js";
import { checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import type { Reranker, RerankRequest } from "../../types/index.js";
import { validateRequest } from "../validate-request.js";

export interface OrderSensitivityOptions {
  /** Random orders in which the candidates are handed over; at least 2. Default: 5. */
  readonly shuffles?: number | undefined;
  /** Default: 1. */
  readonly seed?: number | undefined;
}

export interface OrderSensitivity {
  /** Mean Kendall τ between the rankings of two shuffles: 1 where the order of the candidates does not matter. */
  readonly agreement: number;
  /** Mean Spearman ρ between the place of a candidate and its rank: 0 without a bias, 1 where the order just stays. */
  readonly positionBias: number;
  /** For each candidate, the mean and the range of its ranks over the shuffles; 1 is best. */
  readonly ranks: readonly { readonly mean: number; readonly best: number; readonly worst: number }[];
}

/**
 * Measures how much a ranking depends on the order of the candidates, by ranking them in several random orders: position
 * bias of listwise models, or a defect of others. Costs as many requests as there are shuffles.
 *
 * @throws RankwrightError INVALID_OPTION for fewer than 2 shuffles or candidates, and what the reranker throws
 */
export async function orderSensitivity(
  reranker: Reranker,
  request: RerankRequest,
  { shuffles = 5, seed = 1 }: OrderSensitivityOptions = {},
): Promise<OrderSensitivity> {
  checkWhole("shuffles", shuffles, 2);
  const { documents } = validateRequest(request);
  checkWhole("documents.length", documents.length, 2);
  const random = new Random(seed);
  const rankings: number[][] = [];
  const biases: number[] = [];
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    const shown = random.shuffle(Array.from(documents.keys()));
    const { results } = await reranker.rerank({
      ...request,
      documents: shown.map((index) => documents[index]!),
      topN: undefined,
    });
    const ranks = new Array<number>(documents.length);
    const places: number[] = [];
    for (const { index, rank } of results) {
      ranks[shown[index]!] = rank;
      places[rank - 1] = index;
    }
    rankings.push(ranks);
    biases.push(spearman(places, Array.from(places.keys())) ?? 0);
  }
  const agreements = rankings.flatMap((a, i) => rankings.slice(i + 1).map((b) => kendallTau(a, b) ?? 0));
  return {
    agreement: mean(agreements),
    positionBias: mean(biases),
    ranks: documents.map((_, index) => {
      const own = rankings.map((ranks) => ranks[index]!);
      return { mean: mean(own), best: Math.min(...own), worst: Math.max(...own) };
    }),
  };
}
