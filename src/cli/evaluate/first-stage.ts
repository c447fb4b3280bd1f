import { basename, resolve } from "node:path";
import {
  type Collection,
  judgedCandidates,
  type Qrels,
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

/** Where candidates come from: the same for every command that re-ranks a collection. */
export const FIRST_STAGE_OPTIONS = [
  "firstStage",
  "fusion",
  "candidates",
  "analyzer",
  "stem",
  "stopWords",
  "k1",
  "b",
] as const satisfies readonly OptionName[];

type FirstStageValues = Pick<OptionValues, (typeof FIRST_STAGE_OPTIONS)[number]>;

export interface FirstStageJob {
  readonly collection: Collection;
  readonly qrels: Qrels;
  /** Candidates wanted for a query; a run that was given may hold more. */
  readonly depth: number;
  readonly values: FirstStageValues;
  readonly io: Io;
  readonly progress: Progress;
}

/** The run whose candidates are re-ranked: read from files, or BM25 over the collection. */
export async function firstStageRun(job: FirstStageJob): Promise<Run> {
  const { values, qrels } = job;
  const judged = values.candidates === "judged";
  // Every judged document must find its place, however far down.
  const depth = judged ? Number.MAX_SAFE_INTEGER : job.depth;
  const run =
    values.firstStage === undefined ? await searched(job, depth) : await given(job, values.firstStage);
  return judged ? judgedCandidates(run, qrels) : run;
}

async function given({ values, io }: FirstStageJob, files: readonly string[]): Promise<Run> {
  const idle = (["analyzer", "stem", "stopWords", "k1", "b"] as const).find(
    (name) => values[name] !== undefined,
  );
  if (idle !== undefined) {
    throw wrongUsage(`${flagName(idle)} is about BM25, which --run replaces; leave one of them out`, {
      field: idle,
    });
  }
  const runs: Run[] = [];
  for (const file of files) {
    const run = await readRun(resolve(io.cwd, file), { signal: io.signal });
    runs.push(run.name === "" ? { ...run, name: basename(file) } : run);
  }
  if (runs.length === 1) return runs[0] as Run;
  const fused =
    values.fusion === undefined || values.fusion === "rrf"
      ? reciprocalRankFusion(runs)
      : weightedFusion(runs, { weights: runs.map(() => 1), normalise: values.fusion });
  return { ...fused, name: runs.map(({ name }) => name).join(" + ") };
}

function searched({ collection, values, io, progress }: FirstStageJob, depth: number): Promise<Run> {
  const { analyzer = "english", stem, stopWords, k1, b } = values;
  return bm25Run(collection, {
    depth,
    analyzer: { language: analyzer, stem, stopWords },
    k1,
    b,
    signal: io.signal,
    onProgress: ({ stage, done, total }) => progress.update({ text: `BM25: ${stage}`, done, total }),
  });
}
