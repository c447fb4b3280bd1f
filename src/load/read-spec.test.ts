import { describe, expect, it } from "vitest";
import { readSpec } from "./read-spec.js";

const refusal = (spec: unknown) => {
  try {
    readSpec(spec);
  } catch (error) {
    return error as Error & { field: string };
  }
  throw new Error("the spec was accepted");
};

describe("readSpec", () => {
  it("takes a name for a model", () => {
    expect(readSpec("org/name")).toMatchObject({
      path: "",
      kind: { key: "model" },
      value: "org/name",
      fields: {},
    });
  });

  it("parts what is an entry's own from what belongs to its place in a list", () => {
    const { parts } = readSpec({
      cascade: [
        { model: "a", maxTokens: 9, keep: 5 },
        { fuse: ["b", { model: "c", weight: 2 }], k: 1, calibration: { a: 1, b: 0 } },
      ],
    });
    expect(parts[0]).toMatchObject({ fields: { keep: 5 }, spec: { value: "a", fields: { maxTokens: 9 } } });
    expect(parts[1]).toMatchObject({
      fields: {},
      spec: { path: "cascade[1]", fields: { k: 1 }, calibration: { a: 1, b: 0 } },
    });
    expect(parts[1]?.spec.parts.map(({ fields, spec }) => [fields, spec.value])).toEqual([
      [{}, "b"],
      [{ weight: 2 }, "c"],
    ]);
  });

  it.each<[unknown, string, string]>([
    [
      undefined,
      "spec",
      "spec is undefined; give the name of a model, or an object with one of model, cascade",
    ],
    [[], "spec", "spec is []; give the name"],
    [{}, "spec", "spec is {}; give it one of model, cascade, fuse, fallback"],
    [{ model: "a", fuse: [] }, "fuse", "fuse is []; it says what the reranker is, and so does model"],
    [{ model: 7 }, "model", "model is 7; give the name of a model"],
    [{ model: "" }, "model", 'model is ""; give'],
    [
      { model: "a", precision: "int4" },
      "precision",
      'precision is "int4"; give float32 or int8, or leave it out',
    ],
    [{ model: "a", maxToken: 5 }, "maxToken", "maxToken is 5; did you mean maxTokens?"],
    [{ model: "a", "x y z": 5 }, "x y z", "x y z is 5; there is no such field here"],
    [
      { model: "a", windows: { tokens: 0 } },
      "windows.tokens",
      "windows.tokens is 0; give a whole number of at least 1",
    ],
    [{ model: "a", windows: { size: 9 } }, "windows.size", "windows.size is 9; there is no such field here"],
    [{ model: "a", truncation: { head: 1 } }, "truncation", "give only_second"],
    [{ cascade: "a" }, "cascade", 'cascade is "a"; give an array of at least one spec'],
    [{ cascade: [] }, "cascade", "cascade is []"],
    [{ cascade: ["a", 5] }, "cascade[1]", "cascade[1] is 5; give the name of a model"],
    [
      { cascade: [{ model: "a", keep: 0 }, "b"] },
      "cascade[0].keep",
      "cascade[0].keep is 0; give a whole number",
    ],
    [
      { cascade: ["a", { model: "b", keep: 2 }] },
      "cascade[1].keep",
      "cascade[1].keep is 2; after the last stage",
    ],
    [{ cascade: [{ keep: 3 }] }, "cascade[0]", "cascade[0] is {}; give it one of"],
    [{ cascade: ["a"], keep: 3 }, "keep", "keep is 3; there is no such field here"],
    [
      { fuse: [{ model: "a", weight: -1 }] },
      "fuse[0].weight",
      "fuse[0].weight is -1; give a number that is not",
    ],
    [{ fuse: ["a"], method: "sum" }, "method", 'method is "sum"; give rrf or weighted'],
    [{ fuse: ["a"], k: -1 }, "k", "k is -1; give a number greater than -1"],
    [{ fallback: ["a"], timeoutMs: 0 }, "timeoutMs", "timeoutMs is 0; give milliseconds above 0"],
    [{ fallback: ["a"], breaker: { failures: 0 } }, "breaker.failures", "breaker.failures is 0"],
    [
      { fallback: [{ cascade: [{ fuse: [{}] }] }] },
      "fallback[0].cascade[0].fuse[0]",
      "fallback[0].cascade[0].fuse[0] is {}",
    ],
    [{ model: "a", calibration: { a: 1 } }, "calibration", "give { a, b } of Platt's curve"],
    [{ model: "a", cache: { memoryMb: 0 } }, "cache.memoryMb", "cache.memoryMb is 0; give megabytes above 0"],
  ])("refuses %j", (spec, field, message) => {
    const error = refusal(spec);
    expect(error).toMatchObject({ code: "INVALID_OPTION", field });
    expect(error.message).toContain(message);
  });

  it("ends with specs that never do", () => {
    const endless: Record<string, unknown> = {};
    endless.cascade = [endless];
    expect(refusal(endless).message).toContain("nest at most 16 deep");
  });

  it("shows no password", () => {
    for (const cache of ["redis://u:hunter2@host", { redis: "", url: "redis://:hunter2@host" }]) {
      const error = refusal({ model: "a", cache });
      expect(error.message).toContain("cache");
      expect(JSON.stringify(error) + error.message).not.toContain("hunter2");
    }
  });
});
