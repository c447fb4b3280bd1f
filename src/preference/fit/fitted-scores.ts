import { RankwrightError } from "../../types/error.js";
import type { Item } from "../comparisons/comparison.js";
import type { ItemIndex } from "../comparisons/item-index.js";
import type { Arcs } from "../connectivity/arcs.js";
import { connectedComponents } from "../connectivity/connected-components.js";
import { type Connectivity, connectivityOf } from "../connectivity/connectivity.js";
import type { Likelihood } from "../likelihood/likelihood.js";
import type { Link } from "../likelihood/link.js";
import { DenseCovariance } from "../uncertainty/dense-covariance.js";
import type { ScoreCovariance } from "../uncertainty/score-covariance.js";
import { SparseCovariance } from "../uncertainty/sparse-covariance.js";
import { type MaximiseOptions, type Maximum, maximise } from "./maximise.js";

/** Up to so many items the whole covariance is computed, which takes a second or so at the most. */
const DENSE_ITEMS = 1000;

/** What a `PreferenceFit` is made of. */
export interface FittedScores<T extends Item> extends Maximum {
  readonly items: readonly T[];
  readonly placeOf: (item: T, field: string) => number;
  readonly link: Link;
  readonly lambda: number;
  readonly dispersion: number;
  readonly connectivity: Connectivity<T>;
  readonly covariance: () => ScoreCovariance;
}

/**
 * The best scores of items under a likelihood.
 *
 * @param arcs who beat whom
 * @param dispersionOf of the likelihood at the best scores, given the number of components
 * @throws NOT_CONNECTED where λ is 0 and the arcs leave items without a finite score
 */
export function fitScores<T extends Item>(
  index: ItemIndex<T>,
  likelihood: Likelihood,
  link: Link,
  arcs: Arcs,
  options: MaximiseOptions,
  dispersionOf: (components: number) => number,
): FittedScores<T> {
  const { items } = index;
  const { lambda } = options;
  const components = connectedComponents(items.length, arcs.from, arcs.to);
  const connectivity = connectivityOf(items, arcs, components);
  if (lambda === 0 && !connectivity.strong) throw notConnected(connectivity.summary);
  const maximum = maximise(likelihood, components, options);
  // The last evaluation was at the maximum, or a rounding beside it.
  const information = likelihood.information();
  let covariance: ScoreCovariance | undefined;
  return {
    ...maximum,
    items,
    placeOf: (item, field) => index.find(item, field),
    link,
    lambda,
    dispersion: dispersionOf(components.count),
    connectivity,
    covariance: () => {
      covariance ??=
        items.length <= DENSE_ITEMS
          ? new DenseCovariance(information, lambda)
          : new SparseCovariance(information, lambda);
      return covariance;
    },
  };
}

function notConnected(summary: string): RankwrightError {
  const mend = "Pass a lambda above 0 (0.05 is usual), or compare across the gap.";
  const message = `lambda is 0, and the comparisons leave items without a finite score. ${summary} ${mend}`;
  return new RankwrightError("NOT_CONNECTED", message, { field: "lambda", value: 0 });
}
