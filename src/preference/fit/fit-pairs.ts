import { checkPositive } from "../../numbers/check.js";
import type { Item } from "../comparisons/comparison.js";
import type { PlacedPairs } from "../comparisons/place-comparisons.js";
import { arcsOfPairs } from "../connectivity/arcs.js";
import type { Link } from "../likelihood/link.js";
import { PairwiseLikelihood } from "../likelihood/pairwise-likelihood.js";
import { dispersionOf } from "../uncertainty/dispersion.js";
import type { DispersionOption } from "./fit-options.js";
import { fitScores } from "./fitted-scores.js";
import type { MaximiseOptions } from "./maximise.js";
import { PreferenceFit } from "./preference-fit.js";

/**
 * Fits scores to pairs whose win probability is a function of the difference. @throws NOT_CONNECTED,
 * INVALID_OPTION
 */
export function fitPairs<T extends Item>(
  pairs: PlacedPairs<T>,
  link: Link,
  options: MaximiseOptions & DispersionOption,
  shifts?: Float64Array,
): PreferenceFit<T> {
  const { dispersion = pairs.soft ? "estimated" : 1 } = options;
  if (dispersion !== "estimated") checkPositive("dispersion", dispersion);
  const likelihood = new PairwiseLikelihood(pairs, link, shifts);
  return new PreferenceFit(
    fitScores(pairs.index, likelihood, link, arcsOfPairs(pairs), options, (components) =>
      dispersion === "estimated" ? dispersionOf(likelihood, components) : dispersion,
    ),
  );
}
