import { RankwrightError, show } from "../../types/index.js";
import { type Operation, operationUrl } from "./address.js";
import { type Environment, findApiKey } from "./api-key.js";
import { type Clock, systemClock } from "./clock.js";
import type { GateLimits } from "./gate.js";
import { redactor } from "./redact.js";
import type { Place } from "./refusal.js";

/** What a caller may say about any server. */
export interface EndpointOptions {
  /** With or without the version and a slash at the end; see `operationUrl`. */
  readonly baseUrl?: string | undefined;
  /** `false` sends none. Default: the environment variable of the vendor. */
  readonly apiKey?: string | false | undefined;
  /** Sent with each request, over what is sent otherwise. Values of those that look secret are never shown. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds for one attempt, the whole answer included. Node's own `fetch` gives up after 300,000. Default: 120,000. */
  readonly timeoutMs?: number | undefined;
  /** Attempts after the first, where another one may help. Default: 4. */
  readonly retries?: number | undefined;
  /** Requests under way at most, over all clients of this address and key. Default: 8. */
  readonly concurrency?: number | undefined;
  /** Default: no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** Prompt and answer together, estimated before a call and corrected after it. Default: no limit. */
  readonly tokensPerMinute?: number | undefined;
  /** Longest answer that is read. Default: 64 MiB. */
  readonly maxResponseBytes?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Stands in for `process.env`. */
  readonly env?: Environment | undefined;
  /** For tests. */
  readonly clock?: Clock | undefined;
}

/** What is known about a server before a caller says anything. */
export interface Service extends Operation {
  /** Where the vendor answers; absent for servers that people run themselves. */
  readonly baseUrl?: string | undefined;
  /** Environment variables that hold its key. */
  readonly keyVariables: readonly string[];
  /** The vendor's domain: a key from the environment goes nowhere else. Absent for servers of one's own. */
  readonly vendor?: string | undefined;
  /** The header that carries the key. Default: `Authorization: Bearer …`. */
  readonly keyHeader?: string | undefined;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A server, ready to be asked. */
export interface Endpoint {
  readonly url: URL;
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly place: Place;
  readonly limits: GateLimits;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxResponseBytes: number;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

const SECRET_NAME = /key|token|auth|secret|cookie|password|credential|signature/i;

/** @throws RankwrightError INVALID_OPTION */
export function openEndpoint(options: EndpointOptions, service: Service): Endpoint {
  const { baseUrl = service.baseUrl, headers = {}, env = process.env } = options;
  if (baseUrl === undefined) {
    const message = "baseUrl is missing; give the address of your server, such as http://localhost:8080.";
    throw new RankwrightError("INVALID_OPTION", message, { field: "baseUrl" });
  }
  const url = operationUrl(baseUrl, service);
  const told = service.vendor === undefined || isWithin(url.hostname, service.vendor);
  const { key, source } = findApiKey(options.apiKey, told ? service.keyVariables : [], env);
  const named = [...Object.entries(headers), ...url.searchParams].filter(([name]) => SECRET_NAME.test(name));
  const secrets = named.flatMap(([, value]) => [value, value.replace(/^\w+\s+/, "")]);
  const variables = told ? service.keyVariables.join(" or ") : "";
  return {
    url,
    key,
    headers: checkHeaders({
      ...(key !== undefined && keyHeader(key, service.keyHeader)),
      ...service.headers,
      ...headers,
    }),
    place: {
      host: url.host,
      address: url.origin + url.pathname,
      keySource: source,
      keyMend:
        variables === "" ? "give apiKey or apiKeyEnv" : `set ${variables}, or give apiKey or apiKeyEnv`,
      redact: redactor(key === undefined ? secrets : [key, ...secrets]),
    },
    limits: {
      concurrency: checkNumber("concurrency", options.concurrency ?? 8, 1),
      requestsPerMinute: checkOptional("requestsPerMinute", options.requestsPerMinute),
      tokensPerMinute: checkOptional("tokensPerMinute", options.tokensPerMinute),
    },
    timeoutMs: checkNumber("timeoutMs", options.timeoutMs ?? 120_000, 1),
    retries: checkNumber("retries", options.retries ?? 4, 0),
    maxResponseBytes: checkNumber("maxResponseBytes", options.maxResponseBytes ?? 64 * 2 ** 20, 1),
    fetch: options.fetch ?? fetch,
    clock: options.clock ?? systemClock,
  };
}

/** Whether a host is a domain's or a subdomain's. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** A whole number of at least `least`. @throws RankwrightError INVALID_OPTION */
export function checkNumber(field: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  const message = `${field} is ${show(value)}; give a whole number from ${least}.`;
  throw new RankwrightError("INVALID_OPTION", message, { field, value });
}

function checkOptional(field: string, value: number | undefined): number | undefined {
  return value === undefined ? undefined : checkNumber(field, value, 1);
}

function keyHeader(key: string, name: string | undefined): Record<string, string> {
  return name === undefined ? { authorization: `Bearer ${key}` } : { [name]: key };
}

/** Lower-case names, so that a caller's header takes the place of ours. */
function checkHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || typeof value !== "string" || !/^[\t\x20-\x7e]*$/.test(value)) {
      // Neither is shown: who mixes them up puts the key into the name.
      const message = "headers holds a name or value that no header can have; use plain ASCII in one line.";
      throw new RankwrightError("INVALID_OPTION", message, { field: "headers" });
    }
    checked[name.toLowerCase()] = value;
  }
  return checked;
}
