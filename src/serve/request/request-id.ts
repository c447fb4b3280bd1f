import { randomUUID } from "node:crypto";

/** The caller's own `x-request-id` where it is fit for headers and logs, else a new one. */
export function requestId(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given !== null && /^[\w.:/+=@-]{1,128}$/.test(given) ? given : randomUUID();
}
