import { describe, expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.js";

const asked = (headers: Record<string, string>) => retryAfterMs(new Headers(headers));
const ELEVEN = "Mon, 01 Jan 2024 11:00:00 GMT";

describe("retryAfterMs", () => {
  it("reads seconds, milliseconds and dates", () => {
    expect(asked({ "retry-after": " 3 " })).toBe(3000);
    expect(asked({ "retry-after": "0.25" })).toBe(250);
    expect(asked({ "retry-after": "9", "retry-after-ms": "12.5" })).toBe(13);
    expect(asked({ "retry-after": "Mon, 01 Jan 2024 11:00:30 GMT", date: ELEVEN })).toBe(30_000);
  });

  it("takes its own clock where the answer has no date", () => {
    const ms = asked({ "retry-after": new Date(Date.now() + 30_000).toUTCString() });
    expect(ms).toBeGreaterThan(20_000);
    expect(ms).toBeLessThanOrEqual(30_000);
  });

  it("asks for nothing once the date is past, and ignores what is neither", () => {
    expect(asked({ "retry-after": ELEVEN })).toBe(0);
    expect(asked({})).toBeUndefined();
    for (const text of ["soon", "-3", "1e9", ""]) expect(asked({ "retry-after": text })).toBeUndefined();
    expect(asked({ "retry-after": "2", "retry-after-ms": "never" })).toBe(2000);
  });
});
