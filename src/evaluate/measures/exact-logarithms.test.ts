import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { exp, ln, log2Whole } from "./exact-logarithms.js";

describe("log2Whole", () => {
  it("is glibc's log2 for every rank from 2 to 100,000", () => {
    const values = Float64Array.from({ length: 99_999 }, (_, i) => log2Whole(i + 2));
    // SHA-256 of the same doubles from glibc 2.36, little-endian.
    const digest = createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
    expect(digest).toBe("f58ea8fd468339149697831283d2d860e3b6b353d8af39de74166be0bcba91df");
  });

  it("is the nearest double where the last bit of Math.log2 may be off", () => {
    // By a logarithm in 200 bits.
    expect(log2Whole(1375)).toBe(10.425215903299383);
    expect(log2Whole(11510)).toBe(13.490600213019592);
    expect(log2Whole(1)).toBe(0);
    expect(log2Whole(65_536)).toBe(16);
  });

  it("falls back to Math.log2 beyond 2^17", () => {
    expect(log2Whole(200_000)).toBe(Math.log2(200_000));
  });
});

describe("ln and exp", () => {
  it("are the nearest doubles", () => {
    // By a logarithm and an exponential in 200 bits.
    const logarithms: readonly [number, number][] = [
      [1e-5, -11.512925464970229],
      [0.7188267358265624, -0.33013492968019814],
      [0.9355873658373041, -0.06658074817121672],
      [0.6819853168136003, -0.38274715096926665],
      [0.08852720792879726, -2.4244453399927726],
    ];
    for (const [x, y] of logarithms) expect(ln(x)).toBe(y);
    const powers: readonly [number, number][] = [
      [-9.299284149668317, 9.148970097498558e-5],
      [-0.9342059908617322, 0.3928977060820453],
      [-2.3654799543438503, 0.0939042198128353],
      [-0.4947527727821747, 0.6097216284462049],
    ];
    for (const [x, y] of powers) expect(exp(x)).toBe(y);
    expect(ln(1)).toBe(0);
    expect(exp(0)).toBe(1);
  });

  it("stay within a unit in the last place of the engine's", () => {
    for (let i = 1; i < 2000; i++) {
      const x = i / 1999.5;
      expect(Math.abs(ln(x) / Math.log(x) - 1)).toBeLessThan(3e-16);
      expect(Math.abs(exp(-12 * x) / Math.exp(-12 * x) - 1)).toBeLessThan(3e-16);
    }
  });
});
