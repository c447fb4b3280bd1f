import { basename, resolve } from "node:path";
import {
  type Collection,
  judgedCandidates,
  type Run,
  readRun,
  reciprocalRankFusion,
  weightedFusion,
} from "../../evaluate/index.js";
import { bm25Run } from "../../retrieve/index.js";
import type { Io } from "../io.js";
import { flagName, type OptionName, type OptionValues } from "../options/options.js";
import type { Progress } from "../terminal/progress.js";
import { wrongUsage } from "../usage-error.js";

const BM25_OPTIONS = ["analyzer", "stem", "stopWords", "k1", "b"] as const;

/** Where candidates come from: the same for every command that re-ranks a collection. */
export const FIRST_STAGE_OPTIONS = [
  "firstStage",
  "fusion",
  "candidates",
  ...BM25_OPTIONS,
] as const satisfies readonly OptionName[];

type FirstStageValues = Pick<OptionValues, (typeof FIRST_STAGE_OPTIONS)[number]>;

export interface FirstStageJob {
  readonly collection: Collection;
  /** Candidates wanted for a query; a run that was given may hold more. */
  readonly depth: number;
  readonly values: FirstStageValues;
  readonly io: Io;
  readonly progress: Progress;
}

/** Refuses options that would do nothing. @throws RankwrightError WRONG_USAGE */
export function checkFirstStage({ firstStage = [], fusion, ...values }: FirstStageValues): void {
  const idle = firstStage.length > 0 ? BM25_OPTIONS.find((name) => values[name] !== undefined) : undefined;
  if (idle !== undefined) {
    throw wrongUsage(`${flagName(idle)} is about BM25, which --run replaces; leave one of them out`, {
      field: idle,
    });
  }
  if (fusion !== undefined && firstStage.length < 2) {
    throw wrongUsage("--fusion makes one run of several; give --run more than once, or leave it out", {
      field: "fusion",
    });
  }
}

/** The run whose candidates are re-ranked: read from files, or BM25 over the collection. */
export async function firstStageRun(job: FirstStageJob): Promise<Run> {
  const { values, collection } = job;
  const run = values.firstStage === undefined ? await searched(job) : await given(job, values.firstStage);
  return values.candidates === "judged" ? judgedCandidates(run, collection.qrels) : run;
}

async function given({ values, io }: FirstStageJob, files: readonly string[]): Promise<Run> {
  const runs: Run[] = [];
  for (const file of files) {
    const run = await readRun(resolve(io.cwd, file), { signal: io.signal });
    runs.push(run.name === "" ? { ...run, name: basename(file) } : run);
  }
  if (runs.length === 1) return runs[0] as Run;
  const { fusion = "rrf" } = values;
  const fused = fusion === "rrf" ? reciprocalRankFusion(runs) : weightedFusion(runs, { normalise: fusion });
  return { ...fused, name: runs.map(({ name }) => name).join(" + ") };
}

function searched({ collection, depth, values, io, progress }: FirstStageJob): Promise<Run> {
  const { analyzer = "english", stem, stopWords, k1, b } = values;
  // Every judged document must find its place, however far down.
  const judged = values.candidates === "judged";
  return bm25Run(collection, {
    depth: judged ? Number.MAX_SAFE_INTEGER : depth,
    among: judged ? collection.qrels : undefined,
    analyzer: { language: analyzer, stem, stopWords },
    k1,
    b,
    signal: io.signal,
    onProgress: ({ stage, done, total }) => progress.update({ text: `BM25: ${stage}`, done, total }),
  });
}
