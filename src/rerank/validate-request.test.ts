import { describe, expect, it } from "vitest";
import { RankwrightError, type RerankRequest } from "../types/index.js";
import { LIMITS, resolveLimits } from "./limits.js";
import { validateRequest } from "./validate-request.js";

const good = { query: "q", documents: ["a", { text: "b", id: "2", metadata: { n: 1 } }] };

/** What JavaScript callers may send, types or no types. */
function refusal(request: unknown, limits = LIMITS): RankwrightError {
  try {
    validateRequest(request as RerankRequest, limits);
  } catch (error) {
    if (RankwrightError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("the request was accepted");
}

describe("validateRequest", () => {
  it("turns strings into documents and keeps the caller's objects", () => {
    const { documents, topN } = validateRequest(good);
    expect(documents).toEqual([{ text: "a" }, { text: "b", id: "2", metadata: { n: 1 } }]);
    expect(documents[1]).toBe(good.documents[1]);
    expect(topN).toBe(2);
  });

  it("changes nothing of the caller's, frozen or not", () => {
    const request = { ...good, documents: Object.freeze([Object.freeze({ text: "a" }), "b"]), topN: 1 };
    const before = structuredClone(request);
    validateRequest(Object.freeze(request));
    expect(request).toEqual(before);
  });

  it("accepts empty texts, a topN beyond the candidates and a deadline of 0", () => {
    const request = { query: "q", documents: ["", { text: "", title: "" }], topN: 9, deadlineMs: 0 };
    expect(validateRequest(request).topN).toBe(2);
  });

  it.each([undefined, null, "", " \n\t\u00a0", 5, ["q"]])("refuses the query %j", (query) => {
    expect(refusal({ ...good, query })).toMatchObject({ code: "EMPTY_QUERY", field: "query", value: query });
  });

  it.each([[undefined], [null], [[]]])("finds no documents in %j", (documents) => {
    expect(refusal({ ...good, documents }).code).toBe("NO_DOCUMENTS");
  });

  it("wants an array of documents, and a request to begin with", () => {
    expect(refusal({ ...good, documents: "text" })).toMatchObject({
      code: "INVALID_OPTION",
      field: "documents",
    });
    expect(refusal(undefined)).toMatchObject({ code: "INVALID_OPTION", field: "request" });
  });

  it.each<[unknown, string, unknown]>([
    [42, "documents[2]", 42],
    [null, "documents[2]", null],
    [{ body: "x" }, "documents[2].text", undefined],
    [{ text: 7 }, "documents[2].text", 7],
    [{ text: "x", title: null }, "documents[2].title", null],
    [{ text: "x", id: 12 }, "documents[2].id", 12],
    [{ text: "x", score: null }, "documents[2].score", null],
    [{ text: "x", score: Number.NaN }, "documents[2].score", Number.NaN],
  ])("names what is wrong with the document %j", (document, field, value) => {
    const error = refusal({ ...good, documents: ["a", "b", document] });
    expect(error).toMatchObject({ code: "INVALID_DOCUMENT", field, value });
    expect(error.message).toContain(`${field} is ${value}`);
  });

  it("sees the holes of a sparse array", () => {
    const documents = ["a"];
    documents[3] = "b";
    expect(refusal({ ...good, documents })).toMatchObject({
      code: "INVALID_DOCUMENT",
      field: "documents[1]",
    });
  });

  it.each<[string, unknown]>([
    ["topN", 0],
    ["topN", -1],
    ["topN", 1.5],
    ["topN", Number.NaN],
    ["topN", Number.POSITIVE_INFINITY],
    ["topN", "3"],
    ["topN", null],
    ["priority", -1],
    ["priority", 0.5],
    ["priority", "0"],
    ["deadlineMs", Number.NaN],
    ["deadlineMs", -1],
    ["deadlineMs", "100"],
    ["instruction", 3],
    ["onProgress", true],
    ["signal", {}],
    ["signal", null],
  ])("refuses %s: %j", (field, value) => {
    const error = refusal({ ...good, [field]: value });
    expect(error).toMatchObject({ code: "INVALID_OPTION", field, value });
    expect(error.message).toMatch(new RegExp(`^${field} is .+; pass `));
  });

  it("holds a request to the limits", () => {
    const limits = { documents: 2, documentCharacters: 3 };
    expect(validateRequest({ query: "q", documents: ["abc", "abc"] }, limits).documents).toHaveLength(2);
    expect(refusal({ query: "q", documents: ["a", "b", "c"] }, limits)).toMatchObject({
      code: "TOO_MANY_DOCUMENTS",
      value: 3,
    });
    expect(refusal({ query: "q", documents: ["a", { text: "ab", title: "cd" }] }, limits)).toMatchObject({
      code: "DOCUMENT_TOO_LONG",
      field: "documents[1].text.length",
      value: 4,
    });
  });

  it("refuses a signal that is aborted already, with its reason", () => {
    const signal = AbortSignal.abort("too late");
    expect(refusal({ ...good, signal })).toMatchObject({ code: "ABORTED", cause: "too late" });
  });
});

describe("resolveLimits", () => {
  it("replaces what it is given", () => {
    expect(resolveLimits({ documents: 5 })).toEqual({ ...LIMITS, documents: 5 });
  });

  it.each([0, -1, Number.NaN, "5"])("refuses %j", (documents) => {
    expect(() => resolveLimits({ documents: documents as number })).toThrow(`limits.documents is`);
  });
});
