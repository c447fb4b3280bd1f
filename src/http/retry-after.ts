/** A server that asks for a longer pause than this is left alone: the call fails and says so. */
export const MAX_RETRY_AFTER_MS = 60_000;

/**
 * The pause that an answer asks for, in milliseconds: `retry-after-ms`, else `Retry-After` in seconds or as a
 * date. A date is compared with the answer's own `Date`, so that a wrong clock on either side does not matter.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const ms = headers.get("retry-after-ms")?.trim();
  if (ms && /^\d+(\.\d+)?$/.test(ms)) return Math.ceil(Number(ms));
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  // Date.parse makes dates of "-3" and the like; those of HTTP begin with the name of a day.
  if (Number.isNaN(date) || !/^[a-z]{3}/i.test(text)) return undefined;
  const sent = Date.parse(headers.get("date") ?? "");
  return Math.max(0, date - (Number.isNaN(sent) ? Date.now() : sent));
}
