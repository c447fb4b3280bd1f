import { basename, resolve } from "node:path";
import {
  type Collection,
  collectCandidates,
  openCollection,
  readCorpus,
  readRun,
  readTopics,
  sampleQueries,
} from "../../evaluate/index.js";
import { type DistinctQueries, distinctQueries } from "../../rerank/pairwise/index.js";
import { bm25Run } from "../../retrieve/index.js";
import type { Warning } from "../../types/index.js";
import type { Io } from "../io.js";
import type { OptionValues } from "../options/options.js";
import type { Progress } from "../terminal/progress.js";
import { wrongUsage } from "../usage-error.js";

export type JudgedQueriesValues = Pick<
  OptionValues,
  "topicsFile" | "corpusFile" | "collection" | "judgedCandidates" | "depth" | "sample" | "seed"
>;

export interface JudgedQueriesJob {
  readonly values: JudgedQueriesValues;
  readonly io: Io;
  readonly progress: Progress;
  readonly onWarning: (warning: Warning) => void;
}

const DEFAULT_DEPTH = 100;

/** Looked at before anything is read. @throws RankwrightError WRONG_USAGE */
export function checkJudgedQueries({ collection, corpusFile, topicsFile }: JudgedQueriesValues): void {
  if (collection === undefined && corpusFile === undefined) {
    throw wrongUsage("the documents are missing; name a --collection, or a --corpus with --queries", {
      field: "collection",
    });
  }
  if (collection !== undefined && corpusFile !== undefined) {
    throw wrongUsage("--collection and --corpus both name documents; leave one out", { field: "corpus" });
  }
  if (collection === undefined && topicsFile === undefined) {
    throw wrongUsage("--queries is missing; name a file of queries", { field: "queries" });
  }
}

/** The queries with the documents that judges compare for them, those that read the same left out. */
export async function judgedQueries(job: JudgedQueriesJob): Promise<DistinctQueries> {
  const { values, io, progress, onWarning } = job;
  const { depth = DEFAULT_DEPTH, sample, seed, judgedCandidates } = values;
  const collection = sampleQueries(await openInputs(job), sample, seed);
  const run =
    judgedCandidates === undefined
      ? await bm25Run(collection, {
          depth: depth + 1,
          queries: collection.queries.keys(),
          signal: io.signal,
          onProgress: ({ stage, done, total }) => progress.update({ text: `BM25: ${stage}`, done, total }),
        })
      : await readRun(resolve(io.cwd, judgedCandidates), { signal: io.signal });
  progress.update({ text: "reading candidates" });
  const candidates = await collectCandidates(collection, run, {
    ...{ depth, signal: io.signal, onWarning },
    queries: collection.queries.keys(),
  });
  return distinctQueries(candidates.map(({ query, text, documents }) => ({ id: query, text, documents })));
}

/** Queries and documents, from wherever they come. Judgments play no part. */
async function openInputs({ values, io, onWarning }: JudgedQueriesJob): Promise<Collection> {
  const { collection, topicsFile, corpusFile } = values;
  const { signal } = io;
  const whole =
    collection === undefined
      ? undefined
      : await openCollection(resolve(io.cwd, collection), { signal, onWarning });
  const queries =
    topicsFile === undefined ? whole?.queries : await readTopics(resolve(io.cwd, topicsFile), { signal });
  const corpus = resolve(io.cwd, corpusFile ?? "");
  return {
    name: whole?.name ?? basename(corpus),
    queries: queries as Collection["queries"],
    qrels: new Map(),
    documents: () => whole?.documents() ?? readCorpus(corpus, { signal }),
  };
}
