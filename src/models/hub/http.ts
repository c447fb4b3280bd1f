import { networkReason } from "../../http/network-reason.js";
import type { Sleep } from "../../http/sleep.js";
import { Watchdog } from "../../http/watchdog.js";
import { show } from "../../types/index.js";
import { aborted, describe, HubFailure, type Question, refusalError } from "./hub-failure.js";

/** Everything a request to the hub depends on. */
export interface HubConnection {
  readonly fetch: typeof fetch;
  readonly endpoint: string;
  readonly token: string | undefined;
  readonly tokenSource: string | undefined;
  readonly requestMs: number;
  readonly stallMs: number;
  readonly retries: number;
  readonly sleep: Sleep;
  readonly signal?: AbortSignal | undefined;
}

export interface HubRequest {
  readonly method: "GET" | "HEAD";
  readonly url: string;
  readonly question: Question;
  /** Longest silence in milliseconds. */
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses of 400 or above that are answers all the same. */
  readonly accept?: readonly number[];
  /** A redirect that already holds the answer, so that it is not followed. */
  readonly stopAt?: (redirect: Response) => boolean;
}

/** An open answer: read the body, `feed()` the watchdog with each piece, and `stop()` it. */
export interface Answer {
  readonly response: Response;
  readonly watchdog: Watchdog;
}

const MAX_REDIRECTS = 6;

/**
 * Sends one request and follows its redirects by hand: the token goes to the endpoint's own host and to
 * nobody else. Fails with the error codes of the hub; no retries.
 */
export async function send(connection: HubConnection, request: HubRequest): Promise<Answer> {
  const watchdog = new Watchdog(request.timeoutMs, connection.signal);
  try {
    const response = await follow(connection, request, watchdog.signal);
    return { response, watchdog };
  } catch (error) {
    watchdog.stop();
    throw transportError(error, connection, request.question, watchdog);
  }
}

/** What a rejected `fetch` or a broken body means. */
export function transportError(
  error: unknown,
  { signal, endpoint }: Pick<HubConnection, "signal" | "endpoint">,
  question: Question,
  watchdog: Watchdog,
): unknown {
  if (error instanceof HubFailure) return error;
  if (signal?.aborted) return aborted(signal);
  const what = describe(question);
  const { host } = new URL(endpoint);
  if (watchdog.barked) {
    const message = `${host} stopped sending while asked for ${what}: try again, or raise HF_HUB_DOWNLOAD_TIMEOUT and HF_HUB_ETAG_TIMEOUT (seconds)`;
    return new HubFailure("HUB_TIMEOUT", message, { retryable: true });
  }
  const message = `${host} could not be reached for ${what} (${networkReason(error)}): check the connection and HF_ENDPOINT`;
  return new HubFailure("HUB_UNAVAILABLE", message, { retryable: true, cause: error });
}

async function follow(
  connection: HubConnection,
  request: HubRequest,
  signal: AbortSignal,
): Promise<Response> {
  let url = new URL(request.url);
  const endpoint = new URL(connection.endpoint);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const trusted = mayCarryToken(endpoint, url);
    const response = await connection.fetch(url.href, {
      method: request.method,
      headers: {
        // Compressed bytes would have another length than the file.
        "accept-encoding": "identity",
        "user-agent": `rankwright; node/${process.versions.node}`,
        ...request.headers,
        ...(trusted && connection.token !== undefined && { authorization: `Bearer ${connection.token}` }),
      },
      redirect: "manual",
      signal,
    });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && !request.stopAt?.(response)) {
      await response.body?.cancel();
      url = nextUrl(location, url, request.question);
      continue;
    }
    if (response.status < 400 || request.accept?.includes(response.status)) return response;
    await response.body?.cancel();
    throw refusalError(request.question, {
      status: response.status,
      headers: response.headers,
      host: url.host,
      fromHub: trusted,
      endpoint: connection.endpoint,
      token: connection.token,
      tokenSource: connection.tokenSource,
    });
  }
  const message = `${endpoint.host} redirects in circles for ${describe(request.question)}: check HF_ENDPOINT`;
  throw new HubFailure("HUB_BAD_RESPONSE", message);
}

/** Same origin, or the same host moved up from http to https on the default ports. */
function mayCarryToken(endpoint: URL, url: URL): boolean {
  if (url.origin === endpoint.origin) return true;
  const upgraded = endpoint.protocol === "http:" && url.protocol === "https:";
  return upgraded && url.hostname === endpoint.hostname && url.port === "" && endpoint.port === "";
}

function nextUrl(location: string | null, from: URL, question: Question): URL {
  const url = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  // Only the host is shown: the rest of a signed address is a secret.
  const message = `${from.host} redirects ${describe(question)} to something that is no http(s) address`;
  throw new HubFailure("HUB_BAD_RESPONSE", message, { value: show(url?.protocol) });
}
