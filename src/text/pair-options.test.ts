import { describe, expect, it } from "vitest";
import { type PairOptions, pairSettings } from "./pair-options.js";
import { bertTemplate } from "./pair-template.js";

const settings = (options: PairOptions) => pairSettings(options, bertTemplate(1, 2));

describe("pairSettings", () => {
  it("fills in what is not said", () => {
    expect(settings({ maxTokens: 512 })).toEqual({
      room: 509,
      queryCap: 254,
      documentCap: Number.POSITIVE_INFINITY,
      policy: "only_second",
      headTail: { head: 200, tail: 100 },
      windows: undefined,
    });
    expect(settings({ maxTokens: 512, windows: {} }).windows).toEqual({
      tokens: 256,
      overlap: 64,
      maxWindows: 8,
      aggregate: "max",
      topK: 3,
    });
    expect(settings({ maxTokens: 512, truncation: { head: 5, tail: 0 } }).headTail).toEqual({
      head: 5,
      tail: 0,
    });
    expect(settings({ maxTokens: 512, truncation: "longest_first" }).queryCap).toBe(Number.POSITIVE_INFINITY);
  });

  // Each is refused with a message that names the field and the value.
  const refused: readonly [field: string, options: object][] = [
    ["maxTokens", { maxTokens: 4 }],
    ["maxTokens", { maxTokens: Number.NaN }],
    ["maxTokens", { maxTokens: 12.5 }],
    ["maxTokens", { maxTokens: "512" }],
    ["maxQueryTokens", { maxQueryTokens: 0 }],
    ["maxQueryTokens", { maxQueryTokens: 509 }],
    ["truncation", { truncation: "middle" }],
    ["truncation.head", { truncation: { head: -1, tail: 3 } }],
    ["truncation.tail", { truncation: { head: 0, tail: 0 } }],
    ["windows.tokens", { windows: { tokens: 0 } }],
    ["windows.overlap", { windows: { tokens: 64, overlap: 64 } }],
    ["windows.overlap", { windows: { overlap: 1.5 } }],
    ["windows.maxWindows", { windows: { maxWindows: Number.POSITIVE_INFINITY } }],
    ["windows.topK", { windows: { topK: 0 } }],
    ["windows.aggregate", { windows: { aggregate: "sum" } }],
    ["truncation", { truncation: "longest_first", windows: {} }],
    ["truncation", { truncation: 3 }],
    ["windows", { windows: true }],
  ];
  it.each(refused)("refuses a bad %s: %o", (field, options) => {
    const call = () => settings({ maxTokens: 512, ...options });
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
    expect(call).toThrow(`${field} is `);
  });
});
