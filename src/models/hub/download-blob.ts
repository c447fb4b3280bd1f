import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { RankwrightError } from "../../types/index.js";
import { lockBlob } from "./blob-lock.js";
import type { RepoPaths } from "./cache-layout.js";
import { diskError, fileSize, onDisk, uniqueSuffix } from "./disk.js";
import { type Answer, type HubConnection, transportError } from "./http.js";
import { type FileMeta, openFile } from "./hub-client.js";
import { describe, type FileQuestion, HubFailure } from "./hub-failure.js";
import { withRetries } from "./retry.js";
import { matchesEtag } from "./verify-blob.js";

export interface BlobJob {
  readonly paths: RepoPaths;
  readonly question: FileQuestion;
  readonly meta: FileMeta;
  /** Makes the file visible in its snapshot; called under the blob's lock. `fresh`: just downloaded. */
  readonly publish: (fresh: boolean) => Promise<void>;
  /** Whether somebody else has published it meanwhile. */
  readonly published: () => Promise<boolean>;
  /** Called with the bytes on disk so far, resumed ones included. */
  readonly onBytes?: ((received: number) => void) | undefined;
}

/**
 * Gets one blob and publishes it. Bytes go to `<etag>.<8 hex>.incomplete`, a name of this download
 * alone; size and checksum are verified on what was written, and only then does a rename give it its
 * final name. After an abort or a network failure the partial file stays for the next download.
 */
export async function downloadBlob(connection: HubConnection, job: BlobJob): Promise<void> {
  const { paths, meta } = job;
  const blob = paths.blob(meta.etag);
  await onDisk(paths.blobs, () => mkdir(paths.blobs, { recursive: true }));
  const incomplete = `${blob}.${uniqueSuffix()}.incomplete`;
  const lock = await lockBlob(paths.lock(meta.etag), basename(incomplete), connection);
  let keep = false;
  try {
    if (!(await job.published())) {
      const fresh = !(await isWhole(blob, meta));
      if (fresh) {
        const adopted =
          lock.orphan !== undefined && (await adopt(join(paths.blobs, lock.orphan), incomplete));
        keep = true;
        await fill(connection, job, incomplete, adopted);
        // Somebody without our lock may have been faster; their blob may be open or linked elsewhere.
        if (!(await isWhole(blob, meta))) await onDisk(blob, () => rename(incomplete, blob));
      }
      await job.publish(fresh);
    }
    keep = false;
  } catch (error) {
    keep &&= isInterruption(error);
    throw error;
  } finally {
    if (!keep) await rm(incomplete, { force: true }).catch(() => undefined);
    await (keep ? lock.park() : lock.release());
  }
}

/** Whether the blob is there with the right size, so that a file cut short elsewhere is fetched anew. */
async function isWhole(blob: string, { size }: FileMeta): Promise<boolean> {
  const found = await fileSize(blob);
  return found !== undefined && (size === undefined || found === size);
}

/** Only one of several claimants can rename the file. */
async function adopt(orphan: string, incomplete: string): Promise<boolean> {
  return rename(orphan, incomplete).then(
    () => true,
    () => false,
  );
}

/** Failures that leave good bytes behind. */
function isInterruption(error: unknown): boolean {
  if (!RankwrightError.isInstance(error)) return true;
  return error.code !== "HUB_CHECKSUM" && error.code !== "DISK_FULL" && error.code !== "CACHE_FAILED";
}

/** Makes `path` the complete, verified file, starting over once if bytes from an earlier download were bad. */
async function fill(connection: HubConnection, job: BlobJob, path: string, adopted: boolean): Promise<void> {
  try {
    await receiveAll(connection, job, path, adopted);
  } catch (error) {
    if (!adopted || !RankwrightError.isInstance(error) || error.code !== "HUB_CHECKSUM") throw error;
    await receiveAll(connection, job, path, false);
  }
}

async function receiveAll(
  connection: HubConnection,
  job: BlobJob,
  path: string,
  resume: boolean,
): Promise<void> {
  const { size, etag } = job.meta;
  const handle = await onDisk(path, () => open(path, resume ? "r+" : "w"));
  try {
    const state = { handle, path, offset: resume ? (await handle.stat()).size : 0, furthest: 0 };
    job.onBytes?.(state.offset);
    if (size === undefined || state.offset !== size) {
      await withRetries(() => receive(connection, job, state), {
        ...connection,
        progress: () => state.furthest,
      });
    }
    await onDisk(path, () => handle.sync());
  } finally {
    await handle.close();
  }
  if (!(await onDisk(path, () => matchesEtag(path, etag)))) throw checksumError(job, "has another checksum");
}

function checksumError({ question }: BlobJob, what: string): HubFailure {
  const message = `${describe(question)} ${what} than the hub announced: try again; if it stays so, a proxy alters it`;
  return new HubFailure("HUB_CHECKSUM", message, { field: question.file });
}

interface Writing {
  readonly handle: FileHandle;
  readonly path: string;
  /** Bytes written without a gap. */
  offset: number;
  /** Highest offset ever, so that starting over does not look like progress. */
  furthest: number;
}

/** One request, from `state.offset` to the end of the file. */
async function receive(connection: HubConnection, job: BlobJob, state: Writing): Promise<void> {
  const { size } = job.meta;
  const answer = await openFile(connection, job.question, state.offset);
  const { response, watchdog } = answer;
  const reader = response.body?.getReader();
  try {
    if (response.status === 416) throw checksumError(job, "is shorter");
    if (state.offset > 0 && !continues(response, state.offset)) {
      await onDisk(state.path, () => state.handle.truncate(0));
      state.offset = 0;
    }
    for (;;) {
      const chunk = reader === undefined ? undefined : await read(reader, connection, job, answer);
      if (chunk === undefined) break;
      if (size !== undefined && state.offset + chunk.length > size) throw checksumError(job, "is longer");
      await write(state, chunk);
      watchdog.feed();
      job.onBytes?.(state.offset);
    }
    if (size !== undefined && state.offset < size) {
      // With a length the server has sent all it has. Without, a cut leaves no trace: asking for the rest tells.
      if (response.status === 200 && response.headers.has("content-length"))
        throw checksumError(job, "is shorter");
      const message = `the connection ended ${size - state.offset} bytes before the end of ${describe(job.question)}`;
      throw new HubFailure("HUB_UNAVAILABLE", message, { retryable: true });
    }
  } finally {
    watchdog.stop();
    await reader?.cancel().catch(() => undefined);
  }
}

/** Whether an answer to a range request goes on where we stopped, rather than sending the whole file. */
function continues({ status, headers }: Response, offset: number): boolean {
  return status === 206 && new RegExp(`^bytes ${offset}-`).test(headers.get("content-range") ?? "");
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  connection: HubConnection,
  { question }: BlobJob,
  { watchdog }: Answer,
): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch (error) {
    throw transportError(error, connection, question, watchdog);
  }
}

async function write(state: Writing, chunk: Uint8Array): Promise<void> {
  let done = 0;
  try {
    while (done < chunk.length) {
      const { bytesWritten } = await state.handle.write(
        chunk,
        done,
        chunk.length - done,
        state.offset + done,
      );
      done += bytesWritten;
    }
  } catch (error) {
    throw diskError(error, state.path);
  }
  state.offset += chunk.length;
  state.furthest = Math.max(state.furthest, state.offset);
}
