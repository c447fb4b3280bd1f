import { createHash } from "node:crypto";
import { checkFraction } from "../../numbers/check.js";
import type { Dataset } from "./dataset.js";

export interface DatasetSplit {
  readonly train: Dataset;
  readonly validation: Dataset;
}

/**
 * Holds out the examples of some queries. Whether a query is held out depends on its words alone (not on
 * case, on spaces around it, on the file or on what else there is), so that it stays held out when data are added.
 *
 * @param share of the queries that is held out, about; above 0 and below 1
 * @throws RankwrightError INVALID_OPTION
 */
export function splitByHash(dataset: Dataset, share: number): DatasetSplit {
  checkFraction("share", share);
  const held = new Set<number>();
  for (const { number, example } of dataset.entries()) {
    if (queryFraction(example.query) < share) held.add(number);
  }
  return {
    train: dataset.where((number) => !held.has(number)),
    validation: dataset.where((number) => held.has(number)),
  };
}

/** A query's place in [0, 1), uniform over queries: 48 bits of SHA-256. */
export function queryFraction(query: string): number {
  const normal = query.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
  return createHash("sha256").update(normal).digest().readUIntBE(0, 6) / 2 ** 48;
}
