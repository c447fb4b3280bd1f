import { retryAfterMs } from "../../http/retry-after.js";
import type { ErrorCode } from "../../types/index.js";
import type { Redact } from "./redact.js";
import { isContentRefused, isContextExceeded, isCreditUsedUp, isModelUnknown } from "./refusal-kinds.js";
import { RemoteFailure } from "./remote-failure.js";
import { type ServerWords, serverWords } from "./server-words.js";

/** An answer that says no. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Who answered, and what a user may do about it. */
export interface Place {
  /** As messages name it, e.g. `api.cohere.com`. */
  readonly host: string;
  /** What was asked, without query and secrets. */
  readonly address: string;
  /** Where the key came from; absent where none was sent. */
  readonly keySource?: string | undefined;
  /** How to give one, e.g. `set COHERE_API_KEY or pass apiKey`. */
  readonly keyMend: string;
  readonly redact: Redact;
}

interface Meaning {
  readonly code: ErrorCode;
  readonly mend: string;
  readonly retryable?: boolean;
  readonly mayBeBilled?: boolean;
}

/** Turns an answer that says no into the error that tells the user what to do. */
export function refusalFailure({ status, headers, body }: Refusal, place: Place): RemoteFailure {
  const words = serverWords(body, place.redact);
  const { code, mend, retryable = false, mayBeBilled } = meaningOf(status, words, headers, place);
  const said = words.message === "" ? "" : `, saying ${JSON.stringify(words.message)}`;
  const wish = headers.get("x-should-retry");
  return new RemoteFailure(code, `${place.host} answered ${status}${said}: ${mend}`, {
    status,
    said: `${words.message} ${words.codes}`.trim(),
    retryable: wish === "true" || (wish !== "false" && retryable),
    retryAfterMs: retryAfterMs(headers),
    mayBeBilled,
  });
}

function meaningOf(status: number, words: ServerWords, headers: Headers, place: Place): Meaning {
  if (status < 400) {
    const to = headers.get("location");
    const where =
      to !== null && URL.canParse(to, place.address) ? new URL(to, place.address).host : "elsewhere";
    return {
      code: "REMOTE_NOT_FOUND",
      mend: `it moved to ${where}; no key is sent there, so change baseUrl`,
    };
  }
  // llama.cpp and Ollama say some of these with 500.
  if (status !== 429 && isContextExceeded(words)) {
    return {
      code: "CONTEXT_EXCEEDED",
      mend: "send fewer or shorter texts, or take a model with a longer context",
    };
  }
  if (status < 500 && status !== 401 && status !== 429 && isContentRefused(words)) {
    return {
      code: "CONTENT_REFUSED",
      mend: "its filter refuses the text; leave it out, or ask another model",
      mayBeBilled: true,
    };
  }
  if (status === 429) {
    if (isCreditUsedUp(words))
      return { code: "REMOTE_RATE_LIMITED", mend: "the account's credit is used up" };
    const mend = "lower concurrency, or set requestsPerMinute or tokensPerMinute to what the account may use";
    return { code: "REMOTE_RATE_LIMITED", mend, retryable: true };
  }
  if (status === 402) return { code: "REMOTE_UNAUTHORIZED", mend: "the account needs credit" };
  if (status === 401 || status === 403 || status === 498) {
    const mend = place.keySource === undefined ? place.keyMend : `check the key from ${place.keySource}`;
    return { code: "REMOTE_UNAUTHORIZED", mend };
  }
  if (status === 404 || status === 405 || status === 410 || (status < 500 && isModelUnknown(words))) {
    return { code: "REMOTE_NOT_FOUND", mend: `check model and baseUrl (${place.address} was asked)` };
  }
  if (status === 408 || status === 504 || status === 524) {
    const mend = "it, or what is behind it, took too long; try again, or send less at once";
    return { code: "REMOTE_TIMEOUT", mend, retryable: true, mayBeBilled: status !== 408 };
  }
  // 409 and 425: somebody else's request stood in the way; 424: the model behind TEI failed.
  if (status === 409 || status === 424 || status === 425 || (status >= 500 && status !== 501)) {
    return { code: "REMOTE_UNAVAILABLE", mend: "try again later", retryable: true };
  }
  return { code: "REMOTE_REJECTED", mend: "the request does not suit this server or model" };
}
