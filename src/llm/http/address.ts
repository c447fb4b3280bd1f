import { RankwrightError, show } from "../../types/index.js";

/** Where an API keeps an operation. */
export interface Operation {
  /** What comes before it at the vendor, e.g. `/v1`; "" for nothing. */
  readonly version: string;
  /** e.g. `/chat/completions`. */
  readonly path: string;
}

/**
 * The address of an operation. A base URL with nothing but a host gets the version (`http://host` asks
 * `http://host/v1/…`); one with a path is taken as it stands (`http://host/api/v1`); one that ends in the
 * operation is the address. Slashes at the end do not matter, and a query is kept.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function operationUrl(baseUrl: string, { version, path }: Operation): URL {
  const url = typeof baseUrl === "string" && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    refuse(`is ${show(baseUrl)}; give an address such as https://host/v1`, baseUrl);
  }
  // The value stays out of the error: it holds a secret.
  if (url.username !== "" || url.password !== "") {
    refuse(`of ${url.host} holds a user name or password; pass apiKey or headers instead`);
  }
  const base = url.pathname.replace(/\/+$/, "");
  url.hash = "";
  if (base.endsWith(path)) url.pathname = base;
  else url.pathname = (base === "" ? version : base) + path;
  return url;
}

function refuse(what: string, value?: unknown): never {
  throw new RankwrightError("INVALID_OPTION", `baseUrl ${what}.`, { field: "baseUrl", value });
}
