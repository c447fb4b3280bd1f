import { resolve } from "node:path";
import { type Collection, openCollection, type Run, sampleQueries } from "../../evaluate/index.js";
import { RankwrightError, type Warning } from "../../types/index.js";
import type { Io } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import type { Progress } from "../terminal/progress.js";
import { wrongUsage } from "../usage-error.js";
import { checkFirstStage, FIRST_STAGE_OPTIONS, firstStageRun } from "./first-stage.js";

/** What every command that re-ranks a collection takes. */
export const COLLECTION_OPTIONS = [
  "collection",
  "judgments",
  ...FIRST_STAGE_OPTIONS,
  "depth",
  "relevanceLevel",
  "sample",
  "seed",
  "report",
  "fresh",
] as const satisfies readonly OptionName[];

export type CollectionValues = Pick<OptionValues, (typeof COLLECTION_OPTIONS)[number]>;

export const DEFAULT_DEPTH = 100;

export interface PreparedCollection {
  /** With only the sampled queries, where a sample was asked for. */
  readonly collection: Collection;
  readonly firstStage: Run;
  /** Candidates of a query that are re-ranked. */
  readonly depth: number;
  /** Judged documents may be missing from a corpus; retrieved ones may not. */
  readonly absent: "refuse" | "drop";
}

export interface PrepareJob {
  readonly values: CollectionValues;
  readonly io: Io;
  readonly progress: Progress;
  /** Candidates that the first stage should find, where that is more than are re-ranked. */
  readonly searchDepth?: number;
  readonly onWarning: (warning: Warning) => void;
}

/** Looked at before anything is read or loaded. @throws RankwrightError WRONG_USAGE */
export function checkCollectionOptions(values: CollectionValues): void {
  if (values.collection === undefined) {
    throw wrongUsage("--collection is missing; name a folder with corpus.jsonl, queries.jsonl and qrels/", {
      field: "collection",
    });
  }
  if (values.candidates === "judged" && values.depth !== undefined) {
    throw wrongUsage(
      "--depth does nothing with --candidates judged, which takes all of them; leave one out",
      {
        field: "depth",
      },
    );
  }
  checkFirstStage(values);
}

/** Opens the collection and finds its candidates. @throws RankwrightError NO_JUDGMENTS and what reading throws */
export async function prepareCollection(job: PrepareJob): Promise<PreparedCollection> {
  const { values, io, progress, searchDepth = 0, onWarning } = job;
  const whole = await openCollection(resolve(io.cwd, values.collection as string), {
    qrels: values.judgments,
    signal: io.signal,
    onWarning,
  });
  const judged = values.candidates === "judged";
  if (judged && whole.qrels.size === 0) {
    throw new RankwrightError(
      "NO_JUDGMENTS",
      `${whole.name} has no relevance judgments, so there are no judged candidates; leave out --candidates judged`,
      { field: "candidates" },
    );
  }
  const collection = sampleQueries(whole, values.sample, values.seed);
  const depth = judged ? Number.MAX_SAFE_INTEGER : (values.depth ?? DEFAULT_DEPTH);
  const wanted = Math.max(depth === Number.MAX_SAFE_INTEGER ? depth : depth + 1, searchDepth);
  const firstStage = await firstStageRun({ collection, depth: wanted, values, io, progress });
  return { collection, firstStage, depth, absent: judged ? "drop" : "refuse" };
}
