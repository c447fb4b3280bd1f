import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RankwrightError, show } from "./error.js";
import { ERROR_CODES } from "./error-codes.js";

describe("the error catalogue", () => {
  it("stands in docs/errors.md, code by code", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/errors.md"), "utf8");
    const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map((row) => [row[1], row[2]]);
    expect(Object.fromEntries(rows)).toEqual(ERROR_CODES);
  });
});

describe("RankwrightError", () => {
  it("carries code, field, value and cause", () => {
    const cause = new Error("below");
    const error = new RankwrightError("INVALID_OPTION", "topN is 0", { field: "topN", value: 0, cause });
    expect(error).toMatchObject({
      code: "INVALID_OPTION",
      field: "topN",
      value: 0,
      cause,
      name: "RankwrightError",
    });
  });

  it("is recognised from another copy of the package, and nothing else is", () => {
    const foreign = Object.assign(new Error("x"), { [Symbol.for("rankwright.error")]: true });
    expect(RankwrightError.isInstance(foreign)).toBe(true);
    for (const other of [new Error("x"), null, undefined, "x", {}])
      expect(RankwrightError.isInstance(other)).toBe(false);
  });
});

describe("show", () => {
  it("quotes, stays on one line, and is short", () => {
    expect(show("a\nb")).toBe('"a\\nb"');
    expect(show(Number.NaN)).toBe("NaN");
    expect(show(undefined)).toBe("undefined");
    expect(show("x".repeat(500))).toHaveLength(78);
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(show(loop)).toBe("[object Object]");
  });
});
