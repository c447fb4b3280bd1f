import { checkCount } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";

export interface QuerySplit {
  /** To fit a calibrator or threshold on; one query more than the other half where the number is odd. */
  readonly fit: ReadonlySet<string>;
  /** To test it on. */
  readonly heldOut: ReadonlySet<string>;
}

/**
 * Splits queries at random into two halves, so that no query has documents in both. The split depends on the
 * set of ids and the seed alone, not on the order of the ids or on how often one occurs.
 *
 * @param queryIds at least two distinct ones
 * @throws INVALID_OPTION
 */
export function splitByQuery(queryIds: Iterable<string>, seed = 0): QuerySplit {
  const ids = [...new Set(queryIds)].sort();
  checkCount("queryIds", ids, 2);
  new Random(seed).shuffle(ids);
  const half = Math.ceil(ids.length / 2);
  return { fit: new Set(ids.slice(0, half)), heldOut: new Set(ids.slice(half)) };
}
