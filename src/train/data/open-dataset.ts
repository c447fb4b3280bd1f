import { abortedError } from "../../files/aborted-error.js";
import { checkPositive, checkWhole } from "../../numbers/check.js";
import { RankwrightError } from "../../types/index.js";
import type { TrainingExample } from "../example.js";
import { Dataset, type DatasetSource, type SourceReport } from "./dataset.js";
import { type ExamplePool, examplePool, LineSink, QuerySink } from "./example-sink.js";
import type { Origin } from "./invalid-data.js";
import { InvalidLines } from "./invalid-lines.js";
import { type Recognised, type RecogniseOptions, recognise, SHAPES } from "./recognise.js";
import { recordLines } from "./record-lines.js";
import type { LossDemands } from "./suits-loss.js";

/** A file of JSON Lines, gzip or not; see `recognise` for what a line may be. */
export interface TrainingSource extends Pick<RecogniseOptions, "targets"> {
  readonly file: string;
  /** How often an epoch goes through its examples: 0.5 takes half of them, 2 all of them twice. Default: 1. */
  readonly weight?: number | undefined;
  /** Read so many examples at most. Default: all. */
  readonly limit?: number | undefined;
  /** Whether to take a line, by its record as it stands in the file. Default: all are taken. */
  readonly accept?: ((record: Readonly<Record<string, unknown>>) => boolean) | undefined;
}

/** Examples that come from elsewhere than a file. */
export interface ExampleSource {
  /** What messages and reports call it. */
  readonly name: string;
  readonly examples: AsyncIterable<TrainingExample> | Iterable<TrainingExample>;
  readonly weight?: number | undefined;
}

export interface OpenDatasetOptions extends Pick<RecogniseOptions, "textOnly"> {
  /** Examples that this loss cannot learn from are errors. Default: any example is taken. */
  readonly loss?: LossDemands | undefined;
  /** Lines that may be skipped, over all files, because nothing can be learned from them. Default: 0. */
  readonly skipInvalid?: number | undefined;
  /** Make one list of all lines of a file with the same query, where the first of them stands. Default: false. */
  readonly groupByQuery?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the examples read so far. */
  readonly onProgress?: ((examples: number) => void) | undefined;
}

const PROGRESS_LINES = 1000;

/**
 * Reads training data into memory, each example as its bytes in JSON. Two lines of one file that judge the
 * same query and document differently contradict each other; a teacher's numbers may differ.
 *
 * @throws RankwrightError INVALID_TRAINING_DATA, INVALID_JSON, INVALID_UTF8 with file and line, for lines beyond
 *   `skipInvalid`; FILE_NOT_FOUND, INVALID_COMPRESSION, LINE_TOO_LONG, EMPTY_FILE, INVALID_OPTION, ABORTED
 */
export async function openDataset(
  sources: readonly (TrainingSource | ExampleSource)[],
  options: OpenDatasetOptions = {},
): Promise<Dataset> {
  const { skipInvalid = 0, loss } = options;
  checkWhole("skipInvalid", skipInvalid, 0);
  sources.forEach(checkSource);
  const invalid = new InvalidLines(skipInvalid);
  const pool = examplePool(loss);
  const read: DatasetSource[] = [];
  const reports: SourceReport[] = [];
  for (const source of sources) {
    const first = pool.store.size;
    const report = await readSource(source, pool, invalid, options);
    reports.push(report);
    const numbers = Uint32Array.from({ length: report.examples }, (_, i) => first + i);
    read.push({ file: report.file, weight: source.weight ?? 1, numbers });
  }
  const lines = pool.lines.values().slice();
  return new Dataset({ store: pool.store, lines, sources: read, reports, skipped: invalid.messages });
}

async function readSource(
  source: TrainingSource | ExampleSource,
  pool: ExamplePool,
  invalid: InvalidLines,
  options: OpenDatasetOptions,
): Promise<SourceReport> {
  const file = "file" in source ? source.file : source.name;
  const limit = ("file" in source ? source.limit : undefined) ?? Number.POSITIVE_INFINITY;
  const sink = options.groupByQuery ? new QuerySink(pool, limit, invalid) : new LineSink(pool, limit);
  const [examples, documents, skipped] = [pool.store.size, pool.documents, invalid.count];
  let lines = 0;
  let refused = 0;
  const take = (line: number, read: (origin: Origin) => Recognised | undefined) => {
    lines++;
    if (lines % PROGRESS_LINES === 0) options.onProgress?.(pool.store.size);
    if (options.signal?.aborted) throw abortedError(options.signal);
    try {
      const recognised = read({ file, line });
      if (recognised) sink.add(recognised, { file, line });
      else refused++;
    } catch (error) {
      invalid.skip(error);
    }
  };
  if ("file" in source) {
    const { accept, targets } = source;
    const { textOnly, signal } = options;
    for await (const { line, record } of recordLines(file, (error) => invalid.skip(error), signal)) {
      take(line, (origin) =>
        accept?.(record) === false ? undefined : recognise(record, origin, { targets, textOnly }),
      );
      if (sink.full) break;
    }
  } else {
    for await (const example of source.examples) {
      take(lines + 1, () => ({ example, judged: false }));
    }
  }
  sink.end();
  const report = {
    file,
    lines,
    refused,
    skipped: invalid.count - skipped,
    examples: pool.store.size - examples,
    documents: pool.documents - documents,
  };
  options.onProgress?.(pool.store.size);
  if (report.examples === 0) throw noExamples(report);
  return report;
}

function checkSource(source: TrainingSource | ExampleSource): void {
  if (source.weight !== undefined) checkPositive("weight", source.weight);
  if ("file" in source && source.limit !== undefined) checkWhole("limit", source.limit, 1);
}

function noExamples({ file, refused, skipped }: SourceReport): RankwrightError {
  const left = refused + skipped > 0 ? ` (${refused} lines were refused, ${skipped} skipped)` : "";
  const message = `${file} holds no training examples${left}; write ${SHAPES[0]} or ${SHAPES[1]} a line.`;
  return new RankwrightError("EMPTY_FILE", message, { field: "file", value: file });
}
