import { Random } from "../../numbers/random.js";
import type { Collection } from "../collection/collection.js";
import { judgedQueries } from "../collection/judged-queries.js";

/**
 * The collection with `count` of its queries, drawn by chance: of the judged ones where there are judgments.
 * Without `count`, or with no more queries than that: the collection as it is.
 *
 * @throws RankwrightError INVALID_OPTION for a seed that is no whole number
 */
export function sampleQueries(collection: Collection, count: number | undefined, seed = 1): Collection {
  const { queries, qrels } = collection;
  const pool = [...(qrels.size > 0 ? judgedQueries(collection) : queries).keys()];
  if (count === undefined || count >= pool.length) return collection;
  const drawn = new Set(new Random(seed).shuffle(pool).slice(0, count));
  const pick = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].filter(([id]) => drawn.has(id)));
  return {
    ...collection,
    documents: () => collection.documents(),
    queries: pick(queries),
    qrels: pick(qrels),
  };
}
