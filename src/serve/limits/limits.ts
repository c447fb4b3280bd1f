import { RankwrightError, show } from "../../types/index.js";

/** What the server takes from callers at most. */
export interface ServerLimits {
  /** Bytes of a body, as sent and as decompressed. */
  readonly bodyBytes: number;
  /** Levels of arrays and objects inside each other in a body. */
  readonly jsonDepth: number;
  /** Values of any kind in a body. */
  readonly jsonValues: number;
  /** Documents in a request. */
  readonly documents: number;
  /** UTF-16 units of one document, title and text together. */
  readonly documentCharacters: number;
  /** UTF-16 units of a query. */
  readonly queryCharacters: number;
  /** Requests under way at the same time; more are answered OVERLOADED. */
  readonly requests: number;
  /** Bytes of the bodies of all requests under way, as decompressed. */
  readonly totalBodyBytes: number;
  /** Milliseconds in which the headers of a request must arrive (over a socket). */
  readonly headerMs: number;
  /** Milliseconds in which a body must arrive. */
  readonly bodyMs: number;
  /** Milliseconds that a connection without a request is kept open. */
  readonly keepAliveMs: number;
  /** Connections open at the same time; further ones are closed at once. */
  readonly connections: number;
}

export const SERVER_LIMITS: ServerLimits = {
  bodyBytes: 16 * 2 ** 20,
  jsonDepth: 32,
  jsonValues: 500_000,
  documents: 10_000,
  documentCharacters: 500_000,
  queryCharacters: 50_000,
  requests: 512,
  totalBodyBytes: 256 * 2 ** 20,
  headerMs: 10_000,
  bodyMs: 30_000,
  keepAliveMs: 65_000,
  connections: 10_000,
};

/** The defaults with some of them replaced. @throws RankwrightError INVALID_OPTION */
export function resolveServerLimits(
  overrides: { readonly [Name in keyof ServerLimits]?: number | undefined } = {},
): ServerLimits {
  const limits: Record<string, number> = { ...SERVER_LIMITS };
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const field = `limits.${name}`;
    if (!Object.hasOwn(SERVER_LIMITS, name)) {
      const mend = `known are ${Object.keys(SERVER_LIMITS).join(", ")}`;
      throw new RankwrightError("INVALID_OPTION", `${field} is no limit; ${mend}`, { field, value });
    }
    if (!(Number.isSafeInteger(value) && value > 0)) {
      const message = `${field} is ${show(value)}; give a positive whole number`;
      throw new RankwrightError("INVALID_OPTION", message, { field, value });
    }
    limits[name] = value;
  }
  return limits as unknown as ServerLimits;
}
