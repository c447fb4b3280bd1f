import { writeFile } from "../../files/write-file.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Run, ScoredList } from "./run.js";

/**
 * Writes a TREC run file, compressed where the path ends in `.gz`: see `formatRun`.
 *
 * @throws RankwrightError INVALID_RUN, DISK_FULL, WRITE_FAILED
 */
export async function writeRun(path: string, run: Run): Promise<void> {
  await writeFile(path, formatRun(run));
}

/**
 * The run as TREC run file, query by query: `query Q0 document rank score tag`. The documents of a query
 * stand by descending score, equal scores in the order of the list, ranks counting from 1. Scores have the
 * fewest digits that read back exactly. The tag is the run's name, with `_` for white space.
 *
 * @throws RankwrightError INVALID_RUN for an id that is empty, holds white space or is not valid Unicode, and
 *   for a score that is not finite
 */
export function* formatRun(run: Run): Generator<string> {
  const tag = run.name.trim().replace(/\s+/g, "_") || "run";
  for (const [query, list] of run.lists) {
    checkId(query, "query", run);
    let text = "";
    for (const [i, position] of byScore(list).entries()) {
      const id = list.ids[position]!;
      const score = list.scores[position]!;
      checkId(id, "document", run);
      if (!Number.isFinite(score)) {
        const message = `run ${show(run.name)}, query ${show(query)}: the score of document ${show(id)} is ${score}; give a finite number.`;
        throw new RankwrightError("INVALID_RUN", message, { field: "score", value: score });
      }
      text += `${query} Q0 ${id} ${i + 1} ${score} ${tag}\n`;
    }
    yield text;
  }
}

/** Positions by descending score; equal ones keep their order. */
function byScore({ scores }: ScoredList): number[] {
  return Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

function checkId(id: string, field: string, run: Run): void {
  if (id !== "" && id.isWellFormed() && !/[\t-\r ]/.test(id)) return;
  const message = `run ${show(run.name)}: the ${field} id ${show(id)} does not fit into a TREC run file; give ids of valid Unicode without white space.`;
  throw new RankwrightError("INVALID_RUN", message, { field, value: id });
}
