import { describe, expect, it } from "vitest";
import { readDocuments } from "./documents.js";
import { objectEcho } from "./echo.js";

const texts = (...given: Parameters<typeof readDocuments>) => readDocuments(...given).map(({ text }) => text);

/** As `JSON.parse` makes it: `__proto__` is a key like any other. */
const sly = JSON.parse('{"__proto__": {"text": "inherited?"}, "constructor": "x", "text": "own"}');

describe("readDocuments", () => {
  it("reads strings, and the text of objects", () => {
    expect(texts(["a", { text: "b", title: "left alone" }, ""])).toEqual(["a", "b", ""]);
  });

  it("reads one field as it stands, and joins several as YAML in the order they are named", () => {
    const document = { text: "t", title: "T: 1", year: 1999 };
    expect(texts([document], { rankFields: ["title"] })).toEqual(["T: 1"]);
    expect(texts([document], { rankFields: ["year"] })).toEqual(["1999"]);
    expect(texts([document], { rankFields: ["year", "title", "absent"] })).toEqual([
      'year: 1999\ntitle: "T: 1"',
    ]);
  });

  it("reads fields inside fields, unless a field has the whole path as its name", () => {
    expect(texts([{ a: { b: "inner" } }], { rankFields: ["a.b"] })).toEqual(["inner"]);
    expect(texts([{ a: { b: "inner" }, "a.b": "outer" }], { rankFields: ["a.b"] })).toEqual(["outer"]);
  });

  it("never reads what an object only inherits", () => {
    expect(texts([sly])).toEqual(["own"]);
    expect(texts([sly], { rankFields: ["constructor", "__proto__"] })).toEqual([
      "constructor: x\n__proto__:\n  text: inherited?",
    ]);
    for (const field of ["constructor", "__proto__", "toString", "text.length"]) {
      expect(() => readDocuments([{ text: "a" }], { rankFields: [field] })).toThrow(
        `documents[0].${field} is missing`,
      );
    }
    expect(({} as { text?: string }).text).toBeUndefined();
  });

  it.each([
    [[], "NO_DOCUMENTS", "documents is []; pass at least one"],
    [
      ["a", {}],
      "INVALID_REQUEST",
      "documents[1].text is missing; pass a string, or name other fields in rank_fields",
    ],
    [[{ text: 7 }], "INVALID_REQUEST", "documents[0].text is 7; pass a string"],
  ])("refuses %j", (sent, code, message) => {
    expect(() => readDocuments(sent as object[] as [])).toThrow(expect.objectContaining({ code, message }));
  });

  it("refuses objects nested beyond 32 levels and reads those up to it", () => {
    const nested = (levels: number): object => (levels === 0 ? {} : { text: "a", inner: nested(levels - 1) });
    expect(texts([{ ...nested(31) }])).toEqual(["a"]);
    expect(() => readDocuments([{ ...nested(32) }])).toThrow("documents[0] is nested too deeply");
  });
});

describe("objectEcho", () => {
  it("gives objects back as they came, and everything a text", () => {
    const sent = [sly, "a", { title: "T" }];
    const read = readDocuments(sent, { rankFields: ["text", "title"] });
    expect(objectEcho(sent, read, 0)).toBe(sly);
    expect(objectEcho(sent, read, 1)).toEqual({ text: "a" });
    expect(objectEcho(sent, read, 2)).toEqual({ title: "T", text: "title: T" });
  });
});
