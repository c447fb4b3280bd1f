import type { RepoPaths } from "./cache-layout.js";
import { fileSize } from "./disk.js";
import { downloadBlob } from "./download-blob.js";
import type { HubConnection } from "./http.js";
import { type FileMeta, headFile } from "./hub-client.js";
import { publishFile } from "./publish-file.js";

export interface DownloadProgress {
  /** Slash path in the repository. */
  readonly file: string;
  /** Bytes of this file on disk, those of an earlier download included. */
  readonly receivedBytes: number;
  /** Absent when the hub does not say. */
  readonly totalBytes: number | undefined;
  /** From 0, among the files of this download. */
  readonly fileIndex: number;
  readonly files: number;
}

export interface DownloadJob {
  readonly paths: RepoPaths;
  /** `org/name`. */
  readonly repository: string;
  readonly commit: string;
  readonly files: readonly string[];
  readonly symlinks: boolean;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

const PARALLEL = 4;

/**
 * Fetches files into a snapshot, a few at a time. All are asked for by HEAD before the first byte, so that
 * a gated or vanished file fails early. The first failure stops the others.
 */
export async function downloadFiles(connection: HubConnection, job: DownloadJob): Promise<void> {
  const { paths, repository, commit, files, symlinks } = job;
  const questions = files.map((file) => ({ repository, revision: commit, file }));
  const metas = await inParallel(questions, connection, (question, own) => headFile(own, question));
  await inParallel(questions, connection, async (question, own, index) => {
    const meta = metas[index] as FileMeta;
    const { file } = question;
    await downloadBlob(own, {
      paths,
      question,
      meta,
      published: async () => (await fileSize(paths.pointer(commit, file))) !== undefined,
      publish: (fresh) => publishFile(paths, { commit, file, etag: meta.etag, fresh }, symlinks),
      onBytes: (receivedBytes) =>
        job.onProgress?.({
          file,
          receivedBytes,
          totalBytes: meta.size,
          fileIndex: index,
          files: files.length,
        }),
    });
  });
}

/** Runs a task per item, at most four at once; after the first failure the rest are aborted and awaited. */
async function inParallel<T, R>(
  items: readonly T[],
  connection: HubConnection,
  task: (item: T, connection: HubConnection, index: number) => Promise<R>,
): Promise<R[]> {
  const stop = new AbortController();
  const outer = connection.signal;
  const signal = outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]);
  const results: R[] = new Array(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await task(items[index] as T, { ...connection, signal }, index);
      } catch (error) {
        failures.push(error);
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
