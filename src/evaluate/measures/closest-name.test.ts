import { describe, expect, it } from "vitest";
import { closestName } from "./closest-name.js";

describe("closestName", () => {
  const names = ["nDCG", "Precision", "Recall", "RR"];

  it("finds the name with a letter wrong, missing or swapped", () => {
    expect(closestName("ncdg", names)).toBe("nDCG");
    expect(closestName("Precison", names)).toBe("Precision");
    expect(closestName("recoll", names)).toBe("Recall");
  });

  it("suggests nothing far-fetched", () => {
    expect(closestName("accuracy", names)).toBeUndefined();
    expect(closestName("x", ["abc"])).toBeUndefined();
  });
});
