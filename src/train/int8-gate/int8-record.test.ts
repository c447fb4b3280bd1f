import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { approveInt8, INT8_RECORD } from "./int8-record.js";
import { INT8_BOUNDS, type Int8Report } from "./int8-report.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "int8-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const GOOD: Int8Report = {
  lists: 200,
  documents: 2000,
  spearman: 0.991,
  kendall: 0.95,
  ndcg: { float32: 0.7, int8: 0.698 },
  weights: "ab".repeat(32),
  bounds: INT8_BOUNDS,
};

describe("approveInt8", () => {
  it("records what was measured, the bounds it kept and the version", async () => {
    await approveInt8(folder, GOOD);
    expect(JSON.parse(readFileSync(join(folder, INT8_RECORD), "utf8"))).toEqual({
      ...GOOD,
      bounds: { spearman: 0.98, ndcgLoss: 0.005 },
      rankwright: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it.each([
    [{ spearman: 0.97 }, "the mean Spearman correlation is 0.9700, below 0.98 (200"],
    [{ ndcg: { float32: 0.7, int8: 0.68 } }, "nDCG@10 falls by 0.0200, more than 0.005 (200"],
    [{ spearman: -0.1, ndcg: { float32: 0.7, int8: 0.68 } }, "below 0.98 and nDCG@10 falls"],
  ])("refuses %o with value and bound, and takes an older approval away", async (worse, message) => {
    await approveInt8(folder, GOOD);
    await expect(approveInt8(folder, { ...GOOD, ...worse })).rejects.toMatchObject({
      code: "INT8_LOSS_TOO_LARGE",
      message: expect.stringContaining(message),
      value: { ...GOOD, ...worse },
    });
    expect(existsSync(join(folder, INT8_RECORD))).toBe(false);
  });

  it("takes other bounds, and a gain in nDCG for no loss", async () => {
    await approveInt8(folder, { ...GOOD, spearman: 0.9, bounds: { ...INT8_BOUNDS, spearman: 0.9 } });
    await approveInt8(folder, { ...GOOD, ndcg: { float32: 0.7, int8: 0.9 } });
    await expect(
      approveInt8(folder, { ...GOOD, bounds: { ...INT8_BOUNDS, ndcgLoss: 0.001 } }),
    ).rejects.toMatchObject({
      code: "INT8_LOSS_TOO_LARGE",
    });
  });
});
