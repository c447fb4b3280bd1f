import { describe, expect, it } from "vitest";
import { RankwrightError } from "../../types/index.js";
import { parseHeader } from "./header.js";

const A = '"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}';

function parse(json: string, dataLength: number) {
  return parseHeader("weights.safetensors", Buffer.from(json), dataLength);
}

function refusal(json: string | Uint8Array, dataLength: number): RankwrightError {
  try {
    parseHeader("weights.safetensors", Buffer.from(json), dataLength);
  } catch (error) {
    if (RankwrightError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("expected a refusal");
}

describe("parseHeader", () => {
  it("reads tensors in any order, scalars, empty tensors, and text metadata", () => {
    const json = `{"__metadata__":{"format":"pt"},
      "b":{"dtype":"BF16","shape":[],"data_offsets":[8,10]},
      "empty":{"dtype":"I64","shape":[0,3],"data_offsets":[8,8]},${A}}   `;
    const tensors = parse(json, 10);
    expect([...tensors.keys()]).toEqual(["b", "empty", "a"]);
    expect(tensors.get("b")).toEqual({ dtype: "BF16", shape: [], start: 8, byteLength: 2 });
    expect(tensors.get("empty")).toEqual({ dtype: "I64", shape: [0, 3], start: 8, byteLength: 0 });
  });

  it("counts types narrower than a byte in bits", () => {
    const json = '{"q":{"dtype":"F4","shape":[3,2],"data_offsets":[0,3]}}';
    expect(parse(json, 3).get("q")?.byteLength).toBe(3);
    expect(refusal(json.replace("[3,2]", "[5]"), 3).message).toContain("takes 2.5");
  });

  it("takes names that JavaScript objects treat specially", () => {
    const json = '{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}';
    expect(parse(json, 1).get("__proto__")?.dtype).toBe("U8");
  });

  const entry = (dtype: string, shape: string, offsets: string) =>
    `{"a":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}}`;

  it.each([
    ["no JSON", "{", 0, "header", "cannot be parsed"],
    ["a list", "[]", 0, "header", "not a JSON object"],
    ["a byte order mark", "\ufeff{}", 0, "header", "cannot be parsed"],
    ["the same tensor twice", `{${A},${A}}`, 8, "header", 'the key "a" occurs twice'],
    ["metadata that is no text", '{"__metadata__":{"n":1}}', 0, "__metadata__", "object of strings"],
    ["a tensor that is no object", '{"a":null}', 0, 'tensor "a"', "not an object"],
    ["an unknown type", entry('"F31"', "[2]", "[0,8]"), 8, 'tensor "a": dtype', "BF16"],
    ["an inherited property as type", entry('"toString"', "[2]", "[0,8]"), 8, 'tensor "a": dtype', "BF16"],
    ["no shape", '{"a":{"dtype":"F32","data_offsets":[0,8]}}', 8, 'tensor "a": shape', "undefined"],
    ["a negative size", entry('"F32"', "[-2]", "[0,8]"), 8, 'tensor "a": shape', "[-2]"],
    ["half a size", entry('"F32"', "[1.5]", "[0,6]"), 6, 'tensor "a": shape', "[1.5]"],
    ["a size in quotes", entry('"F32"', '["2"]', "[0,8]"), 8, 'tensor "a": shape', '["2"]'],
    ["too many elements", entry('"F32"', "[4294967296,4294967296]", "[0,8]"), 8, 'tensor "a": shape', "more"],
    ["one offset", entry('"F32"', "[2]", "[8]"), 8, 'tensor "a": data_offsets', "two whole numbers"],
    ["a huge offset", entry('"F32"', "[2]", "[0,1e300]"), 8, 'tensor "a": data_offsets', "two whole numbers"],
    ["offsets in reverse", entry('"F32"', "[2]", "[8,0]"), 8, 'tensor "a": data_offsets', "before it begins"],
    ["offsets past the end", entry('"F32"', "[3]", "[0,12]"), 8, 'tensor "a": data_offsets', "beyond the 8"],
    ["too few bytes", entry('"F32"', "[2]", "[0,4]"), 4, 'tensor "a": data_offsets', "F32 [2] takes 8"],
    ["a hole", entry('"F32"', "[2]", "[4,12]"), 12, 'tensor "a": data_offsets', "leaving 4 bytes"],
    [
      "an overlap",
      `{${A},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}`,
      12,
      'tensor "b": data_offsets',
      "ends at 8",
    ],
    ["trailing bytes", `{${A}}`, 9, "file length", "behind the last tensor"],
  ])("refuses %s", (_, json, dataLength, field, reason) => {
    const error = refusal(json, dataLength);
    expect(error.code).toBe("INVALID_SAFETENSORS");
    expect(error.field).toBe(field);
    expect(error.message).toContain("weights.safetensors");
    expect(error.message).toContain(reason);
    expect(error.message).toContain("fetch it again");
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(refusal(Uint8Array.of(0x7b, 0xff, 0x7d), 0).message).toContain("cannot be parsed");
  });

  it("keeps messages short however long names and shapes are", () => {
    const name = "n".repeat(100_000);
    const shape = JSON.stringify(Array.from({ length: 10_000 }, () => 1));
    const json = `{"${name}":{"dtype":"F32","shape":${shape},"data_offsets":[0,8]}}`;
    expect(refusal(json, 8).message.length).toBeLessThan(600);
  });
});
