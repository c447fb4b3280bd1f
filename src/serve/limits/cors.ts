import { RankwrightError, show } from "../../types/index.js";

const REQUEST_HEADERS =
  "authorization, content-type, content-encoding, api-key, x-api-key, x-request-id, x-rankwright-deadline-ms";
const ANSWER_HEADERS = "x-request-id, server-timing, retry-after, x-rankwright-warnings";
const PREFLIGHT_SECONDS = "600";

/** Which web pages may read answers: without an origin on the list, none may. */
export class CrossOrigin {
  readonly #origins: ReadonlySet<string>;

  /**
   * @param origins such as `https://app.example`, or `*` for every page
   * @throws RankwrightError INVALID_OPTION
   */
  constructor(origins: readonly string[]) {
    for (const value of origins) {
      if (value === "*" || (URL.canParse(value) && new URL(value).origin === value)) continue;
      const message = `cors is ${show(value)}; give an origin such as https://app.example, without a path, or *`;
      throw new RankwrightError("INVALID_OPTION", message, { field: "cors", value });
    }
    this.#origins = new Set(origins);
  }

  /** The answer to a browser that asks before it sends; undefined for any other request. */
  preflight(request: Request): Response | undefined {
    if (request.method !== "OPTIONS" || !request.headers.has("access-control-request-method"))
      return undefined;
    const headers = this.headers(request);
    if (headers === undefined) return new Response(null, { status: 403 });
    headers["access-control-allow-methods"] = "GET, POST";
    headers["access-control-allow-headers"] = REQUEST_HEADERS;
    headers["access-control-max-age"] = PREFLIGHT_SECONDS;
    return new Response(null, { status: 204, headers });
  }

  /** What lets the page read the answer; undefined where it may not. */
  headers(request: Request): Record<string, string> | undefined {
    const origin = request.headers.get("origin");
    if (origin === null) return undefined;
    const any = this.#origins.has("*");
    if (!any && !this.#origins.has(origin)) return undefined;
    return {
      "access-control-allow-origin": any ? "*" : origin,
      "access-control-expose-headers": ANSWER_HEADERS,
      vary: "origin",
    };
  }
}
