import { show } from "../../types/index.js";
import { type Answer, type HubConnection, send, transportError } from "./http.js";
import { describe, type FileQuestion, HubFailure, type Question } from "./hub-failure.js";
import { isCommit, type ModelReference } from "./model-reference.js";
import { withRetries } from "./retry.js";
import { pathProblem } from "./safe-path.js";

/** What a repository holds at a revision. */
export interface RepoListing {
  /** 40 hex digits. */
  readonly commit: string;
  /** Every file, as slash paths that are safe to join to a folder. */
  readonly files: readonly string[];
}

/** Identity of one file at one commit. */
export interface FileMeta {
  /** sha256 of a large file, git's sha1 of a small one; safe as a file name. */
  readonly etag: string;
  /** Bytes, when the hub says. */
  readonly size: number | undefined;
}

/** One request: the commit behind a revision and the names of its files. */
export function listRepo(
  connection: HubConnection,
  reference: ModelReference,
  retries: number = connection.retries,
): Promise<RepoListing> {
  const question: Question = { repository: reference.id, revision: reference.revision };
  const url = `${connection.endpoint}/api/models/${reference.id}/revision/${encodeURIComponent(reference.revision)}`;
  return withRetries(
    async () => {
      const timeoutMs = connection.requestMs;
      const answer = await send(connection, { method: "GET", url, question, timeoutMs });
      return parseListing(await readText(answer, connection, question), question);
    },
    { ...connection, retries },
  );
}

async function readText(
  { response, watchdog }: Answer,
  connection: HubConnection,
  question: Question,
): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw transportError(error, connection, question, watchdog);
  } finally {
    watchdog.stop();
  }
}

/** Reads the hub's answer about a repository. @throws HUB_BAD_RESPONSE */
export function parseListing(text: string, question: Question): RepoListing {
  const bad = (why: string) => {
    const message = `the answer about ${describe(question)} ${why}: check that HF_ENDPOINT is a Hugging Face hub`;
    return new HubFailure("HUB_BAD_RESPONSE", message);
  };
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw bad("is not JSON");
  }
  if (typeof answer !== "object" || answer === null) throw bad("is no object");
  const { sha, siblings } = answer as { sha?: unknown; siblings?: unknown };
  if (typeof sha !== "string" || !isCommit(sha)) throw bad("names no commit");
  if (!Array.isArray(siblings)) throw bad("lists no files");
  const files = siblings.map((sibling: { rfilename?: unknown } | null) => {
    const name = sibling?.rfilename;
    if (typeof name !== "string") throw bad("lists a file without a name");
    const problem = pathProblem(name);
    if (problem !== undefined) throw bad(`lists a file name that ${problem}, ${show(name)}`);
    return name;
  });
  return { commit: sha, files };
}

/** Address of a file at a commit. */
function fileUrl(connection: HubConnection, { repository, revision, file }: FileQuestion): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return `${connection.endpoint}/${repository}/resolve/${encodeURIComponent(revision)}/${path}`;
}

/** One HEAD request. The hub answers for its large files with a redirect whose headers say everything. */
export function headFile(connection: HubConnection, question: FileQuestion): Promise<FileMeta> {
  return withRetries(async () => {
    const { response, watchdog } = await send(connection, {
      method: "HEAD",
      url: fileUrl(connection, question),
      question,
      timeoutMs: connection.requestMs,
      stopAt: ({ headers }) => headers.has("x-linked-etag") && headers.has("x-repo-commit"),
    });
    watchdog.stop();
    return fileMeta(response, question);
  }, connection);
}

function fileMeta({ headers, status }: Response, question: Question): FileMeta {
  const bad = (why: string) =>
    new HubFailure(
      "HUB_BAD_RESPONSE",
      `${describe(question)} ${why}: check that HF_ENDPOINT is a Hugging Face hub`,
    );
  const commit = headers.get("x-repo-commit");
  // Some mirrors leave the header out; one that names another commit would fill the wrong snapshot.
  if (commit !== null && commit !== question.revision) throw bad(`was answered from commit ${show(commit)}`);
  const etag = normalizeEtag(headers.get("x-linked-etag") ?? headers.get("etag"));
  if (etag === undefined) throw bad("came without a usable ETag");
  const plain = status < 300 && !headers.has("content-encoding");
  const text = headers.get("x-linked-size") ?? (plain ? headers.get("content-length") : null);
  return { etag, size: text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined };
}

/** `W/"abc"` and `"abc"` to `abc`; `undefined` for what cannot be a file name. */
export function normalizeEtag(header: string | null): string | undefined {
  const etag = header?.replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
  return etag !== undefined && /^[A-Za-z0-9_-]{1,128}$/.test(etag) ? etag : undefined;
}

/** Opens a file from a byte offset on. Status 416 comes back as an answer: there is nothing from there on. */
export function openFile(connection: HubConnection, question: FileQuestion, offset: number): Promise<Answer> {
  return send(connection, {
    method: "GET",
    url: fileUrl(connection, question),
    question,
    timeoutMs: connection.stallMs,
    headers: offset > 0 ? { range: `bytes=${offset}-` } : {},
    accept: [416],
  });
}
