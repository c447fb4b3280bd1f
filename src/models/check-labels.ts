import { RankwrightError } from "../types/index.js";

/** @throws RankwrightError UNSUPPORTED_FEATURE when the head is not that of a re-ranker */
export function checkLabels(labels: number, folder: string): void {
  if (labels <= 2) return;
  throw new RankwrightError(
    "UNSUPPORTED_FEATURE",
    `${folder} has ${labels} labels; a re-ranker has 1 (a score) or 2 (not relevant, relevant)`,
    { field: "num_labels", value: labels },
  );
}
