import { RankwrightError } from "../../types/index.js";
import type { ChatOptions } from "../chat-model.js";
import { withAttempts } from "./attempts.js";
import type { Endpoint } from "./endpoint.js";
import { readBeginning, readText, TooLarge } from "./read-text.js";
import { refusalFailure } from "./refusal.js";
import { RemoteFailure } from "./remote-failure.js";

export interface JsonCall extends ChatOptions {
  /** Default: POST with a body, GET without. */
  readonly body?: unknown;
  /** Default: the endpoint's own address. */
  readonly url?: URL | undefined;
  /** Estimated tokens of prompt and answer. */
  readonly tokens?: number | undefined;
  readonly usedTokens?: ((json: unknown) => number | undefined) | undefined;
  /** The status that a 200 stands for which is an error in truth; undefined for a true answer. */
  readonly statusIn?: ((json: unknown) => number | undefined) | undefined;
}

export interface JsonAnswer {
  readonly json: unknown;
  readonly headers: Headers;
  readonly attempts: number;
  readonly unaccounted: number;
  /** From the first attempt to the answer. */
  readonly latencyMs: number;
}

/** Of the body of an error, this much is read. */
const ERROR_BYTES = 65_536;

/**
 * Asks an endpoint for JSON. Redirects are not followed: the key goes nowhere but where the caller sends it.
 *
 * @throws RemoteFailure REMOTE_…, CONTEXT_EXCEEDED, CONTENT_REFUSED, ABORTED or DEADLINE_EXCEEDED
 * @throws RankwrightError INVALID_OPTION for a body that is no JSON
 */
export async function requestJson(endpoint: Endpoint, call: JsonCall): Promise<JsonAnswer> {
  const { place, clock } = endpoint;
  const started = clock.now();
  const body = call.body === undefined ? undefined : toJson(call.body);
  const attempt = (signal: AbortSignal) => askOnce(endpoint, call, body, signal);
  const { usedTokens } = call;
  const { value, attempts, unaccounted } = await withAttempts(
    { ...endpoint, host: place.host, address: place.address, redact: place.redact },
    attempt,
    { ...call, usedTokens: usedTokens && ((value) => usedTokens(value.json)) },
  );
  return { ...value, attempts, unaccounted, latencyMs: clock.now() - started };
}

async function askOnce(
  { url, headers, place, fetch, maxResponseBytes }: Endpoint,
  call: JsonCall,
  body: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly json: unknown; readonly headers: Headers }> {
  const response = await fetch((call.url ?? url).href, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      accept: "application/json",
      "user-agent": `rankwright; node/${process.versions.node}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body }),
    redirect: "manual",
    signal,
  });
  const { status, headers: told } = response;
  if (status < 200 || status > 299) {
    const said = await readBeginning(response, ERROR_BYTES);
    // A body cut by the timer must not pass for a refusal.
    signal.throwIfAborted();
    throw refusalFailure({ status, headers: told, body: said }, place);
  }
  const text = await readText(response, maxResponseBytes).catch((error) => {
    if (!(error instanceof TooLarge)) throw error;
    throw badResponse(place.host, `with more than ${maxResponseBytes} bytes; raise maxResponseBytes`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const kind = told.get("content-type")?.split(";")[0] ?? "no type";
    const what = text === "" ? "with nothing" : `with what is no JSON (${place.redact(kind)})`;
    throw badResponse(
      place.host,
      `${what}; check that baseUrl is the address of an API (${place.address} was asked)`,
    );
  }
  const meant = call.statusIn?.(json);
  if (meant !== undefined) throw refusalFailure({ status: meant, headers: told, body: text }, place);
  return { json, headers: told };
}

function toJson(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    const message = "extraBody or a schema holds what JSON has no word for, or itself; pass plain values.";
    throw new RankwrightError("INVALID_OPTION", message, { field: "extraBody", cause });
  }
}

/** REMOTE_BAD_RESPONSE: what the server did, and how to mend it. The server may bill the work. */
export function badResponse(host: string, what: string, details: { field?: string; value?: unknown } = {}) {
  return new RemoteFailure("REMOTE_BAD_RESPONSE", `${host} answered ${what}`, {
    ...details,
    mayBeBilled: true,
  });
}
