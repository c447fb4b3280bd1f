import { describe, expect, it } from "vitest";
import { networkReason } from "./network-reason.js";

describe("networkReason", () => {
  it("is the innermost code or message", () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(networkReason(new TypeError("fetch failed", { cause: refused }))).toBe("ECONNREFUSED");
    expect(networkReason(new Error("broken pipe"))).toBe("broken pipe");
    expect(networkReason("text")).toBe("network error");
  });

  it("ends where causes run in a circle", () => {
    const error = new Error("round");
    error.cause = error;
    expect(networkReason(error)).toBe("round");
  });
});
