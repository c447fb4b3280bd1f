import { describe, expect, it } from "vitest";
import { type Question, type Refusal, refusalError } from "./hub-failure.js";

const FILE: Question = { repository: "org/x", revision: "main", file: "config.json" };
const REPO: Question = { repository: "org/x", revision: "main" };

function refuse(
  question: Question,
  status: number,
  headers: Record<string, string> = {},
  rest: Partial<Refusal> = {},
) {
  return refusalError(question, {
    status,
    headers: new Headers(headers),
    host: "hub.example",
    fromHub: true,
    endpoint: "https://hub.example",
    token: undefined,
    tokenSource: undefined,
    ...rest,
  });
}

describe("refusalError", () => {
  it.each([
    [REPO, 404, "RepoNotFound", /no repository "org\/x"/],
    [REPO, 401, "RepoNotFound", /no repository "org\/x"/],
    [REPO, 404, "RevisionNotFound", /no revision "main"/],
    [FILE, 404, "EntryNotFound", /no file "config.json"/],
    [FILE, 404, "", /no file "config.json"/],
    [REPO, 404, "", /check the name and the revision/],
  ])("says what is not there: %j %i %s", (question, status, code, words) => {
    const error = refuse(question, status, code === "" ? {} : { "x-error-code": code });
    expect(error).toMatchObject({ code: "HUB_NOT_FOUND", retryable: false });
    expect(error.message).toMatch(words);
  });

  it("names where the token came from, and hides it where the server echoes it", () => {
    const rest = { token: "hf_secret", tokenSource: "HF_TOKEN" };
    const error = refuse(REPO, 401, { "x-error-message": "Bad token hf_secret" }, rest);
    expect(error.code).toBe("HUB_UNAUTHORIZED");
    expect(error.message).toContain("the token from HF_TOKEN");
    expect(error.message).toContain("Bad token ***");
    expect(error.message).not.toContain("hf_secret");
  });

  it("does not blame the token for a 403 of the CDN, whose signature may have expired", () => {
    expect(refuse(FILE, 403, {}, { fromHub: false })).toMatchObject({
      code: "HUB_UNAVAILABLE",
      retryable: true,
    });
  });

  it("reads Retry-After as seconds, as a date, or not at all", () => {
    expect(refuse(REPO, 429, { "retry-after": "3" }).retryAfterMs).toBe(3000);
    const soon = refuse(REPO, 429, { "retry-after": new Date(Date.now() + 30_000).toUTCString() });
    expect(soon.retryAfterMs).toBeGreaterThan(20_000);
    expect(soon.retryAfterMs).toBeLessThanOrEqual(30_000);
    expect(refuse(REPO, 429, { "retry-after": "Mon, 01 Jan 2001 00:00:00 GMT" }).retryAfterMs).toBe(0);
    expect(refuse(REPO, 503, { "retry-after": "soon" }).retryAfterMs).toBeUndefined();
  });

  it.each([
    [408, "HUB_TIMEOUT", true],
    [429, "HUB_RATE_LIMITED", true],
    [400, "HUB_UNAVAILABLE", false],
    [500, "HUB_UNAVAILABLE", true],
    [504, "HUB_UNAVAILABLE", true],
  ])("maps %i to %s", (status, code, retryable) => {
    expect(refuse(REPO, status)).toMatchObject({ code, retryable });
  });
});
