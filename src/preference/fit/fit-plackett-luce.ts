import type { Item } from "../comparisons/comparison.js";
import type { Ranking } from "../comparisons/ranking.js";
import { placeRankings } from "../comparisons/ranking-table.js";
import { arcsOfRankings } from "../connectivity/arcs.js";
import { logisticLink } from "../likelihood/logistic-link.js";
import { RankingLikelihood } from "../likelihood/ranking-likelihood.js";
import { type FitOptions, resolveFitOptions } from "./fit-options.js";
import { fitScores } from "./fitted-scores.js";
import { PreferenceFit } from "./preference-fit.js";

/**
 * Plackett and Luce's model: a ranking is a series of choices of the best among what is left, with
 * probability exp(e) over the sum. Rankings may be of a few of the items (windows) or name the best only
 * (`others`); of two items it is Bradley–Terry.
 *
 * @throws INVALID_COMPARISONS, INVALID_OPTION, NOT_CONNECTED (only with `lambda: 0`)
 */
export function fitPlackettLuce<T extends Item>(
  rankings: readonly (Ranking<T> | readonly T[])[],
  options: FitOptions<T> = {},
): PreferenceFit<T> {
  const { items, ...resolved } = resolveFitOptions(options);
  const table = placeRankings(rankings, items);
  const likelihood = new RankingLikelihood(table.size, table.rankings);
  const arcs = arcsOfRankings(table.rankings);
  return new PreferenceFit(fitScores(table.index, likelihood, logisticLink, arcs, resolved, () => 1));
}
