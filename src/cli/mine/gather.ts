import { resolve } from "node:path";
import { type Collection, openCollection } from "../../evaluate/index.js";
import {
  collectionExamples,
  type Dataset,
  type LeakIndex,
  openDataset,
  removeLeaks,
  type SourceLeaks,
} from "../../train/data/index.js";
import { DocumentPool } from "../../train/mining/index.js";
import { type Document, RankwrightError } from "../../types/index.js";
import { indexTests, type TestCollectionsJob } from "./test-collections.js";

export interface GatherValues {
  readonly questions?: readonly string[] | undefined;
  readonly corpus?: string | undefined;
  readonly trainingJudgments?: string | undefined;
  readonly against?: readonly string[] | undefined;
  readonly skipInvalid?: number | undefined;
}

/** What is mined, without what must not be trained on. */
export interface Gathered {
  /** Queries with their positives. */
  readonly dataset: Dataset;
  /** Documents that negatives may be. */
  readonly pool: DocumentPool;
  /** Examples before leaks were removed. */
  readonly examples: number;
  /** What was wrong with the first lines that were skipped. */
  readonly skipped: readonly string[];
  /** Examples that were removed, by source. */
  readonly leaks: readonly SourceLeaks[];
  /** Documents of the corpus that were left out. */
  readonly leakedDocuments: number;
}

/**
 * Reads what is to be mined: examples, one for every query of a source, from files or a collection, and the
 * documents that negatives come from.
 *
 * @throws RankwrightError NO_JUDGMENTS, EMPTY_FILE where all of it occurs in the test collections, and what
 *   reading throws
 */
export async function gather(values: GatherValues, job: TestCollectionsJob): Promise<Gathered> {
  const { against = [] } = values;
  const collection = values.corpus === undefined ? undefined : await openCorpus(values.corpus, values, job);
  const whole = await openDataset(sources(values.questions, collection, job.io), {
    groupByQuery: true,
    skipInvalid: values.skipInvalid,
    signal: job.io.signal,
    onProgress: (done) => job.progress.update({ text: "examples read:", done }),
  });
  const tests = against.length === 0 ? undefined : await indexTests(against, job);
  const { dataset, leaks } = tests ? await withoutLeaks(whole, tests, job) : { dataset: whole, leaks: [] };
  const count = { leaked: 0 };
  const pool = collection
    ? await DocumentPool.fromDocuments(corpusDocuments(collection, tests, count, job))
    : DocumentPool.fromDataset(dataset);
  const { size: examples, skipped } = whole;
  return { dataset, pool, examples, skipped, leaks, leakedDocuments: count.leaked };
}

/** Only as a corpus, or with the judgments that make its queries examples. */
function openCorpus(folder: string, values: GatherValues, { io, onWarning }: TestCollectionsJob) {
  const { questions, trainingJudgments } = values;
  const qrels = trainingJudgments ?? (questions === undefined ? "train" : undefined);
  return openCollection(resolve(io.cwd, folder), { qrels, signal: io.signal, onWarning });
}

function sources(
  files: readonly string[] | undefined,
  collection: Collection | undefined,
  { cwd, signal }: TestCollectionsJob["io"],
) {
  if (files !== undefined) return files.map((file) => ({ file: resolve(cwd, file) }));
  const { name } = collection as Collection;
  return [{ name, examples: collectionExamples(collection as Collection, { signal }) }];
}

async function withoutLeaks(whole: Dataset, tests: LeakIndex, { io, progress }: TestCollectionsJob) {
  const { dataset, report } = await removeLeaks(whole, tests, {
    signal: io.signal,
    onProgress: (done) => progress.update({ text: "looked for leaks:", done, total: whole.size }),
  });
  if (dataset.size === 0) {
    throw new RankwrightError(
      "EMPTY_FILE",
      `all ${whole.size} examples occur in the test collections; mine other data, or leave out --against`,
      { field: "against" },
    );
  }
  return { dataset, leaks: report.sources };
}

/** Without relevant passages of the tests: as negatives they would teach the opposite. */
async function* corpusDocuments(
  collection: Collection,
  tests: LeakIndex | undefined,
  count: { leaked: number },
  { progress }: TestCollectionsJob,
): AsyncGenerator<Document> {
  let done = 0;
  for await (const { title, text } of collection.documents()) {
    done++;
    progress.update({ text: "documents read:", done });
    if (tests?.find({ role: "passage", title, text })) count.leaked++;
    else yield { text, ...(title !== undefined && { title }) };
  }
}
