import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCommit, parseModelReference } from "./model-reference.js";
import { pathProblem } from "./safe-path.js";

describe("parseModelReference", () => {
  it.each([
    ["gpt2", undefined, "gpt2", "main"],
    ["org/name", undefined, "org/name", "main"],
    ["org/name@v1.0", undefined, "org/name", "v1.0"],
    ["org/name", "refs/pr/1", "org/name", "refs/pr/1"],
    ["org/Na.me_1-x@refs/pr/2", "refs/pr/2", "org/Na.me_1-x", "refs/pr/2"],
  ])("reads %s with revision %s", (text, option, id, revision) => {
    expect(parseModelReference(text, option)).toEqual({ id, revision });
  });

  it.each([
    ["./model", "not an existing folder"],
    ["/models/bge", "not an existing folder"],
    ["C:\\models", "not an existing folder"],
    ["a/b/c", "not an existing folder"],
    ["https://huggingface.co/org/name/tree/main", '"org/name"'],
    ["org/name.git", "org/name[@revision]"],
    ["a--b", "org/name[@revision]"],
    ["org/..", "org/name[@revision]"],
    ["", "org/name[@revision]"],
    ["two words", "org/name[@revision]"],
  ])("refuses %s", (text, hint) => {
    expect(() => parseModelReference(text)).toThrow(
      expect.objectContaining({ code: "MODEL_NOT_FOUND", message: expect.stringContaining(hint) }),
    );
  });

  it.each(["", "../main", "/main", "a//b", "a\\b"])("refuses revision %j", (revision) => {
    expect(() => parseModelReference("org/name", revision)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field: "revision" }),
    );
  });

  it("refuses two different revisions", () => {
    expect(() => parseModelReference("org/name@a", "b")).toThrow(/give one of them/);
  });
});

it("takes only a full hash for a commit", () => {
  expect(isCommit("0123456789abcdef0123456789abcdef01234567")).toBe(true);
  expect(isCommit("0123456")).toBe(false);
  expect(isCommit("main")).toBe(false);
});

describe("pathProblem", () => {
  it.each([
    "",
    "/etc/passwd",
    "../x",
    "a/../b",
    "a/./b",
    "a//b",
    "a/",
    "C:/x",
    "a\\b",
    "a\0b",
    "x".repeat(1025),
  ])("refuses %j", (name) => {
    expect(pathProblem(name)).toBeDefined();
  });

  it("never lets a name leave its folder", () => {
    const part = fc.constantFrom("..", ".", "", "a", "onnx", "model.onnx", "C:", "\\", "...", "~");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const name = parts.join("/");
        fc.pre(pathProblem(name) === undefined);
        expect(new URL(name.replaceAll("\\", "/"), "file:///root/of/all/").pathname).toMatch(
          /^\/root\/of\/all\/./,
        );
      }),
    );
  });

  it("allows what repositories hold", () => {
    for (const name of [
      "config.json",
      "onnx/model.onnx_data",
      "1_Pooling/config.json",
      "a..b",
      ".gitattributes",
    ]) {
      expect(pathProblem(name), name).toBeUndefined();
    }
  });
});
