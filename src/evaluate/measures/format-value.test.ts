import { describe, expect, it } from "vitest";
import { formatValue } from "./format-value.js";
import { parseMeasure } from "./parse-measure.js";

describe("formatValue", () => {
  const mean = parseMeasure("nDCG@10");

  it("prints four decimals, and counts whole", () => {
    expect(formatValue(mean, 0.505831)).toBe("0.5058");
    expect(formatValue(mean, 1)).toBe("1.0000");
    expect(formatValue(mean, 0.123456, 2)).toBe("0.12");
    expect(formatValue(parseMeasure("NumRet"), 4300)).toBe("4300");
    expect(formatValue(parseMeasure("NumQ"), 43)).toBe("43");
  });

  it("rounds what lies exactly between to the even digit, as printf does", () => {
    expect(formatValue(mean, 1 / 32)).toBe("0.0312");
    expect(formatValue(mean, 3 / 32)).toBe("0.0938");
    expect(formatValue(mean, -1 / 32)).toBe("-0.0312");
    expect(formatValue(mean, 0.5, 0)).toBe("0");
    expect(formatValue(mean, 1.5, 0)).toBe("2");
  });
});
