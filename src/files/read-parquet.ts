import { RankwrightError } from "../types/index.js";
import { abortedError } from "./aborted-error.js";
import { importOptional, missingDependency } from "./import-optional.js";
import type { JsonLine } from "./json-lines.js";
import { fileError } from "./open-bytes.js";

export interface ReadParquetOptions {
  /** Names of the columns to read; those that the file lacks are left out of the records. */
  readonly columns: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

const PURPOSE = "reading Parquet files";

/**
 * The rows of a Parquet file, `line` counting them from 1. Memory holds one row group at a time. Needs the
 * optional package hyparquet and, for compressions other than Snappy, hyparquet-compressors.
 *
 * @throws RankwrightError MISSING_DEPENDENCY, FILE_NOT_FOUND, INVALID_PARQUET, ABORTED
 */
export async function* readParquet(
  path: string,
  { columns, signal }: ReadParquetOptions,
): AsyncGenerator<JsonLine> {
  const library = await importOptional("hyparquet", PURPOSE, () => import("hyparquet"));
  const codecs = await import("hyparquet-compressors").then(
    ({ compressors }) => ({ compressors }),
    () => undefined,
  );
  const file = await library.asyncBufferFromFile(path).catch((cause) => {
    throw fileError(path, cause);
  });
  const refuse = (cause: unknown) => {
    if (!(cause instanceof Error)) return cause;
    if (!codecs && /compression codec/.test(cause.message)) {
      return missingDependency("hyparquet-compressors", PURPOSE, cause);
    }
    const message = `${path} is not a Parquet file that can be read: ${cause.message}; write it anew.`;
    return new RankwrightError("INVALID_PARQUET", message, { field: "file", value: path, cause });
  };
  const metadata = await library.parquetMetadataAsync(file).catch((cause) => {
    throw refuse(cause);
  });
  const present = library.parquetSchema(metadata).children.map(({ element }) => element.name);
  const wanted = columns.filter((column) => present.includes(column));
  if (wanted.length === 0) {
    const message = `${path} has none of the columns ${columns.join(", ")}, but ${present.join(", ")}; rename them.`;
    throw new RankwrightError("INVALID_PARQUET", message, { field: "file", value: path });
  }
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    if (signal?.aborted) throw abortedError(signal);
    const rowEnd = rowStart + Number(group.num_rows);
    const options = { file, metadata, columns: wanted, rowStart, rowEnd, ...codecs };
    const rows = await library.parquetReadObjects(options).catch((cause) => {
      throw refuse(cause);
    });
    for (const [i, record] of rows.entries()) yield { line: rowStart + i + 1, record };
    rowStart = rowEnd;
  }
}
