import { describe, expect, it } from "vitest";
import {
  average,
  bareP,
  count,
  duration,
  interval,
  measureValue,
  percent,
  pValue,
  signed,
} from "./numbers.js";

describe("numbers", () => {
  it("writes measures with four decimals and differences with their sign", () => {
    expect(measureValue(0.50579)).toBe("0.5058");
    expect(signed(0.062)).toBe("+0.0620");
    expect(signed(-0.0031)).toBe("−0.0031");
    expect([signed(0), signed(-0.00001), signed(0.00001)]).toEqual(["0.0000", "0.0000", "0.0000"]);
    expect(interval(-0.003, 0.019)).toBe("−0.0030 to 0.0190");
  });

  it("writes p-values without a leading zero and never as exactly 0 or 1", () => {
    expect(pValue(0.0123)).toBe("p\u00A0=\u00A0.012");
    expect(pValue(0.00099)).toBe("p\u00A0<\u00A0.001");
    expect(pValue(1)).toBe("p\u00A0>\u00A0.999");
    expect([bareP(0.001), bareP(0.9989), bareP(0)]).toEqual([".001", ".999", "<\u00A0.001"]);
  });

  it("groups thousands and chooses units", () => {
    expect([count(999), count(5183), count(1_234_567)]).toEqual(["999", "5,183", "1,234,567"]);
    expect([average(100), average(15_230.44)]).toEqual(["100", "15,230.4"]);
    expect([duration(8.44), duration(412.3), duration(1240), duration(12_345)]).toEqual([
      "8.4\u00A0ms",
      "412\u00A0ms",
      "1,240\u00A0ms",
      "12.3\u00A0s",
    ]);
    expect(percent(0.0714)).toBe("7.1\u00A0%");
  });

  it("shows a dash for what is not known", () => {
    for (const write of [measureValue, signed, count, average, duration, percent]) {
      expect([write(Number.NaN), write(Number.POSITIVE_INFINITY), write(undefined)]).toEqual(["–", "–", "–"]);
    }
    expect([interval(Number.NaN, 1), bareP(Number.NaN)]).toEqual(["–", "–"]);
  });
});
