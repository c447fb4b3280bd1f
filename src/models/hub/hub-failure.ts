import { retryAfterMs } from "../../http/retry-after.js";
import { type ErrorCode, type ErrorDetails, RankwrightError, show } from "../../types/index.js";

/** An error of talking to the hub, with what the retry loop needs to know. */
export class HubFailure extends RankwrightError {
  readonly retryable: boolean;
  /** What a `Retry-After` header asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: ErrorDetails & { retryable?: boolean; retryAfterMs?: number | undefined } = {},
  ) {
    super(code, message, details);
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export function aborted(signal: AbortSignal): RankwrightError {
  return new RankwrightError("ABORTED", "the download was aborted; the next one goes on where it stopped", {
    cause: signal.reason,
  });
}

/** What was asked for and by whom, for the message of a refusal. */
export interface Question {
  /** `org/name`. */
  readonly repository: string;
  readonly revision: string;
  /** Absent when the question was about the repository. */
  readonly file?: string | undefined;
}

/** A question about one file at a commit. */
export interface FileQuestion extends Question {
  readonly file: string;
}

export function describe(question: Question): string {
  const repository = `${show(question.repository)} at revision ${show(question.revision)}`;
  return question.file === undefined ? repository : `file ${show(question.file)} of ${repository}`;
}

export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  /** Host that answered. */
  readonly host: string;
  /** False for a content delivery network behind the hub, whose 403 says nothing about the token. */
  readonly fromHub: boolean;
  readonly endpoint: string;
  readonly token: string | undefined;
  readonly tokenSource: string | undefined;
}

/** Turns an answer of 400 or above into the error that tells the user what to do. */
export function refusalError(question: Question, refusal: Refusal): HubFailure {
  const { status, headers } = refusal;
  const what = describe(question);
  const said = serverMessage(refusal);
  if (status === 429) {
    const asked = retryAfterMs(headers);
    const wait = asked === undefined ? "a few minutes" : `${Math.ceil(asked / 1000)} s`;
    const mend = refusal.token === undefined ? `set HF_TOKEN, or wait ${wait}` : `wait ${wait}`;
    return new HubFailure("HUB_RATE_LIMITED", `${refusal.host} limits requests (429) for ${what}: ${mend}`, {
      retryable: true,
      retryAfterMs: asked,
    });
  }
  if (status === 408) {
    return new HubFailure("HUB_TIMEOUT", `${refusal.host} gave up (408) on ${what}`, { retryable: true });
  }
  if (refusal.fromHub) {
    const code = headers.get("x-error-code");
    if (status === 404 || code === "RepoNotFound") return notFound(question, code, refusal);
    if (status === 401 || status === 403) return unauthorized(question, code, refusal);
  }
  // A signed address can have run out: the next attempt gets a new one.
  const retryable = status >= 500 || (status === 403 && !refusal.fromHub);
  return new HubFailure("HUB_UNAVAILABLE", `${refusal.host} answered ${status} for ${what}${said}`, {
    retryable,
    retryAfterMs: status === 503 ? retryAfterMs(headers) : undefined,
  });
}

function notFound(question: Question, code: string | null, refusal: Refusal): HubFailure {
  const where = `on ${refusal.host}`;
  let message: string;
  if (code === "RevisionNotFound") {
    message = `${show(question.repository)} has no revision ${show(question.revision)} ${where}: check the branch, tag or commit`;
  } else if (code === "EntryNotFound" || (code === null && question.file !== undefined)) {
    message = `${show(question.repository)} has no file ${show(question.file)} at revision ${show(question.revision)} ${where}`;
  } else if (code === "RepoNotFound") {
    message = `there is no repository ${show(question.repository)} ${where}: check the spelling, or HF_TOKEN if it is private`;
  } else {
    message = `there is no ${describe(question)} ${where}: check the name and the revision, or HF_TOKEN if it is private`;
  }
  return new HubFailure("HUB_NOT_FOUND", message, { value: question.repository });
}

function unauthorized(question: Question, code: string | null, refusal: Refusal): HubFailure {
  const what = describe(question);
  const token =
    refusal.tokenSource === undefined
      ? "set HF_TOKEN to a token with read access"
      : `check the token from ${refusal.tokenSource}`;
  const message =
    code === "GatedRepo"
      ? `${what} is gated: accept its conditions at ${refusal.endpoint}/${question.repository}, then ${token}`
      : `the hub refused ${what} (${refusal.status})${serverMessage(refusal)}: check the spelling; if it is private, ${token}`;
  return new HubFailure("HUB_UNAUTHORIZED", message, { field: "token" });
}

/** The hub's own words, without the token should a proxy echo it. */
function serverMessage({ headers, token }: Refusal): string {
  const text = headers.get("x-error-message");
  if (text === null || text === "") return "";
  return `, saying ${show(token === undefined ? text : text.replaceAll(token, "***"))}`;
}
