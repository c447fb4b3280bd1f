import { describe, expect, it } from "vitest";
import { ERROR_CODES, type ErrorCode, RankwrightError } from "../../types/index.js";
import { Dispatcher } from "./dispatch.js";
import { messageOf, REFUSAL_STATUSES, refusalOf, retryAfter, statusOf } from "./errors.js";
import { toJson } from "./json.js";

const { dialects } = new Dispatcher();
const dialect = (name: string) => dialects.find((one) => one.name === name)!;
const codes = Object.keys(ERROR_CODES) as ErrorCode[];
const errorOf = (code: ErrorCode) =>
  new RankwrightError(code, `sentence about ${code}`, { field: "query", value: 1 });

describe("every dialect", () => {
  it.each(dialects.map((one) => [one.name, one] as const))("%s says every error in its own way", (_, one) => {
    for (const code of codes) {
      const { status, body } = refusalOf(one, errorOf(code));
      expect(REFUSAL_STATUSES).toContain(status);
      expect(one.schemas.error.safeParse(body), code).toMatchObject({ success: true });
      // No client must take a refusal for an answer.
      expect(one.schemas.answer.safeParse(body).success).toBe(false);
    }
  });

  it.each(dialects.map((one) => [one.name, one] as const))(
    "%s tells nothing of the server's inside",
    (_, one) => {
      const { body } = refusalOf(
        one,
        new RankwrightError("MODEL_FILE_MISSING", "/srv/models/x lacks config.json"),
      );
      expect(toJson(body)).not.toContain("/srv");
      expect(toJson(refusalOf(one, new TypeError("cannot read /srv")).body)).not.toContain("/srv");
    },
  );
});

describe("statuses", () => {
  it.each([
    ["INVALID_REQUEST", 400],
    ["UNAUTHORIZED", 401],
    ["UNKNOWN_MODEL", 404],
    ["UNKNOWN_ROUTE", 404],
    ["REQUEST_TIMEOUT", 408],
    ["REQUEST_TOO_LARGE", 413],
    ["OVERLOADED", 429],
    ["ABORTED", 499],
    ["INTERNAL", 500],
    ["SESSION_FAILED", 500],
    ["SHUTTING_DOWN", 503],
    ["DEADLINE_EXCEEDED", 504],
  ] as const)("%s is %d", (code, status) => {
    expect(statusOf(code)).toBe(status);
  });

  it.each([
    ["tei", "INVALID_REQUEST", 422, { error_type: "Validation" }],
    ["tei", "REQUEST_TOO_LARGE", 422, { error_type: "Validation" }],
    ["tei", "NO_DOCUMENTS", 400, { error_type: "Empty" }],
    ["tei", "OVERLOADED", 429, { error_type: "Overloaded" }],
    ["tei", "INTERNAL", 424, { error_type: "Backend" }],
    ["tei", "SHUTTING_DOWN", 503, { error_type: "Unhealthy" }],
    ["infinity", "INVALID_REQUEST", 422, { detail: [{ loc: ["body", "query"] }] }],
    ["infinity", "UNKNOWN_MODEL", 400, { error: { code: 400 } }],
    ["infinity", "UNAUTHORIZED", 401, { detail: "Unauthorized" }],
    ["infinity", "OVERLOADED", 429, { error: { code: 429, type: null, param: null } }],
    ["vllm", "UNKNOWN_MODEL", 404, { error: { type: "NotFoundError", code: 404 } }],
    ["llama-cpp", "INTERNAL", 500, { error: { code: 500, type: "server_error" } }],
    ["pinecone", "OVERLOADED", 429, { status: 429, error: { code: "RESOURCE_EXHAUSTED" } }],
    ["weaviate", "SHUTTING_DOWN", 503, { error: "sentence about SHUTTING_DOWN" }],
    ["cohere-v2", "UNKNOWN_MODEL", 404, { message: "sentence about UNKNOWN_MODEL" }],
    ["voyage", "UNAUTHORIZED", 401, { detail: "sentence about UNAUTHORIZED" }],
    [
      "superset",
      "OVERLOADED",
      429,
      { message: "sentence about OVERLOADED", error: { code: 429, param: "query" } },
    ],
  ] as const)("%s answers %s with %d", (name, code, status, body) => {
    expect(refusalOf(dialect(name), errorOf(code))).toMatchObject({ status, body });
  });
});

describe("headers", () => {
  const overloaded = (value: unknown) => new RankwrightError("OVERLOADED", "full", { field: "queue", value });

  it("tell when to try again, in whole seconds from 1", () => {
    expect([2.2, 0, undefined, "soon", Number.NaN].map((value) => retryAfter(overloaded(value)))).toEqual([
      3, 1, 1, 1, 1,
    ]);
    expect(refusalOf(dialect("tei"), overloaded(30)).headers).toEqual({ "retry-after": "30" });
    expect(refusalOf(dialect("tei"), errorOf("SHUTTING_DOWN")).headers).toHaveProperty("retry-after");
    expect(refusalOf(dialect("tei"), errorOf("INVALID_REQUEST")).headers).toEqual({});
  });

  it("name the kind of key", () => {
    expect(refusalOf(dialect("jina"), errorOf("UNAUTHORIZED")).headers).toEqual({
      "www-authenticate": "Bearer",
    });
  });
});

it("says what the caller can mend, and only the kind of what it cannot", () => {
  expect(messageOf(errorOf("INVALID_REQUEST"))).toBe("sentence about INVALID_REQUEST");
  expect(messageOf(errorOf("DEADLINE_EXCEEDED"))).toBe("sentence about DEADLINE_EXCEEDED");
  expect(messageOf(errorOf("SESSION_FAILED"))).toBe(ERROR_CODES.SESSION_FAILED);
});
