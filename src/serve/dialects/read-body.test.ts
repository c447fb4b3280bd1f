import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as fields from "./fields.js";
import { readBody } from "./read-body.js";
import { DIALECT_SETTINGS } from "./settings.js";

const schema = z.object({ query: fields.query, documents: fields.documents, top_n: fields.count });
const read = (body: Readonly<Record<string, unknown>>) => readBody(schema, body, DIALECT_SETTINGS);
const good = { query: "q", documents: ["a"] };

describe("readBody", () => {
  it("hands the body itself back, with whatever else it holds", () => {
    const body = JSON.parse(
      '{"query":"q","documents":["a",{"text":"b"}],"top_n":null,"more":1,"__proto__":{"top_n":7}}',
    );
    expect(read(body)).toBe(body);
    expect(read(body).top_n).toBeNull();
  });

  it.each([
    [{}, "query is missing; pass the text to rank the documents by"],
    [{ ...good, query: null }, "query is null; pass the text to rank the documents by"],
    [
      { ...good, documents: "a" },
      'documents is "a"; pass a list of strings or of objects with a string `text`',
    ],
    [{ ...good, documents: ["a", 7] }, "documents[1] is 7; pass a string or an object with a string `text`"],
    [{ ...good, top_n: "3" }, 'top_n is "3"; pass a whole number from 1, or leave it out to get all results'],
    [{ ...good, top_n: 1.5 }, "top_n is 1.5; pass a whole number from 1, or leave it out to get all results"],
    [{ ...good, top_n: -1 }, "top_n is -1; pass a whole number from 1, or leave it out to get all results"],
    [
      { ...good, top_n: 1e300 },
      "top_n is 1e+300; pass a whole number from 1, or leave it out to get all results",
    ],
  ])("names field, value and mend: %j", (body, message) => {
    const [field = ""] = message.split(" ");
    expect(() => read(body)).toThrow(expect.objectContaining({ code: "INVALID_REQUEST", field, message }));
  });

  it("survives values that are too deep to print", () => {
    const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(() => read({ ...good, query: deep })).toThrow("query is nested too deeply; pass the text");
  });

  it("reports one of many faults, having looked at no more than the limit", () => {
    const documents = Array.from({ length: DIALECT_SETTINGS.maxItems + 1 }, () => 7);
    expect(() => read({ ...good, documents })).toThrow("documents holds 10001 items; pass at most 10000");
  });
});
