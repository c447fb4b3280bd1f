import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Admission } from "./admission.js";
import { ApiKeys } from "./api-keys.js";
import { checkRequests } from "./check-request.js";
import { CrossOrigin } from "./cors.js";
import { Lanes } from "./lanes.js";
import { resolveServerLimits, SERVER_LIMITS } from "./limits.js";

describe("resolveServerLimits", () => {
  it("fills in what is left out", () => {
    expect(resolveServerLimits({ documents: 5, requests: undefined })).toEqual({
      ...SERVER_LIMITS,
      documents: 5,
    });
  });

  it.each([
    [{ documents: 0 }, "limits.documents is 0; give a positive whole number"],
    [{ bodyBytes: 1.5 }, "limits.bodyBytes is 1.5"],
    [{ document: 5 } as object, "limits.document is no limit; known are bodyBytes"],
  ])("refuses %j", (limits, message) => {
    expect(() => resolveServerLimits(limits)).toThrow(message);
  });
});

describe("Admission", () => {
  it("lets so many in, and the next when one has left", () => {
    const admission = new Admission({ requests: 2, totalBodyBytes: 10 });
    const first = admission.enter();
    admission.enter();
    expect(() => admission.enter()).toThrow("2 requests are under way");
    first.leave();
    first.leave();
    expect(admission.requests).toBe(1);
    admission.enter();
    expect(() => admission.enter()).toThrow(expect.objectContaining({ code: "OVERLOADED" }));
  });

  it("counts the bytes of all bodies, and forgets those of who has left", () => {
    const admission = new Admission({ requests: 9, totalBodyBytes: 10 });
    const first = admission.enter();
    first.hold(6);
    const second = admission.enter();
    expect(() => second.hold(5)).toThrow(expect.objectContaining({ code: "OVERLOADED" }));
    first.leave();
    second.hold(5);
  });

  it("tells when nothing is under way", async () => {
    const admission = new Admission({ requests: 9, totalBodyBytes: 10 });
    await admission.empty();
    const place = admission.enter();
    let empty = false;
    const waiting = admission.empty().then(() => {
      empty = true;
    });
    await Promise.resolve();
    expect(empty).toBe(false);
    place.leave();
    await waiting;
  });
});

describe("ApiKeys", () => {
  const hashed = `sha256:${createHash("sha256").update("second").digest("hex")}`;
  const keys = new ApiKeys(["first", hashed]);
  const check = (headers: Record<string, string>) => () => keys.check(new Headers(headers));

  it.each([
    { authorization: "Bearer first" },
    { authorization: "bearer second" },
    { "api-key": "second" },
    { "x-api-key": "first" },
  ] as Record<string, string>[])("takes %j", (headers) => {
    expect(check(headers)).not.toThrow();
  });

  it.each([
    {},
    { authorization: "first" },
    { authorization: "Bearer" },
    { authorization: "Bearer firs" },
    { authorization: "Bearer first second" },
    { "x-api-key": hashed },
  ] as Record<string, string>[])("refuses %j without repeating it", (headers) => {
    expect(check(headers)).toThrow(expect.objectContaining({ code: "UNAUTHORIZED" }));
    expect(check(headers)).not.toThrow(/firs/);
  });

  it("asks nobody for a key when there is none", () => {
    expect(() => new ApiKeys([]).check(new Headers())).not.toThrow();
  });

  it.each(["", "two words", "kéy", "a\n"])("refuses the key %j, which no header could carry", (key) => {
    expect(() => new ApiKeys([key])).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });
});

describe("CrossOrigin", () => {
  const from = (origin: string, method = "POST") =>
    new Request("http://server/rerank", {
      method,
      headers: { origin, ...(method === "OPTIONS" && { "access-control-request-method": "POST" }) },
    });

  it("is closed without a list", () => {
    const closed = new CrossOrigin([]);
    expect(closed.headers(from("https://app.example"))).toBeUndefined();
    expect(closed.preflight(from("https://app.example", "OPTIONS"))?.status).toBe(403);
  });

  it("opens for the origins of the list alone", () => {
    const cors = new CrossOrigin(["https://app.example"]);
    expect(cors.headers(from("https://app.example"))).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      vary: "origin",
    });
    expect(cors.headers(from("https://app.example.evil"))).toBeUndefined();
    const allowed = cors.preflight(from("https://app.example", "OPTIONS"));
    expect(allowed?.status).toBe(204);
    expect(allowed?.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(cors.preflight(from("https://app.example"))).toBeUndefined();
  });

  it.each(["app.example", "https://app.example/", "https://app.example/page", "null", ""])(
    "refuses %j, which no browser sends",
    (origin) => {
      expect(() => new CrossOrigin([origin])).toThrow("give an origin such as https://app.example");
    },
  );
});

describe("checkRequests", () => {
  const limits = resolveServerLimits({ documents: 2, documentCharacters: 5, queryCharacters: 4 });
  const request = (query: string, ...texts: string[]) => ({
    ...{ model: undefined, query, scores: "logit" as const },
    documents: texts.map((text) => ({ text })),
  });

  it("takes what is within the limits", () => {
    expect(() => checkRequests([request("abcd", "12345", "")], limits)).not.toThrow();
  });

  it.each([
    [[request("q", "", "", "")], "documents.length is 3; this server takes at most 2"],
    [[request("q", "", ""), request("q", "")], "documents.length is 3"],
    [[request("q", "a", "123456")], "documents[1].length is 6"],
    [[request("abcde", "a")], "query.length is 5"],
  ])("refuses too much: case %#", (requests, message) => {
    expect(() => checkRequests(requests, limits)).toThrow(
      expect.objectContaining({ code: "REQUEST_TOO_LARGE", message: expect.stringContaining(message) }),
    );
  });
});

describe("Lanes", () => {
  it("run so many at once, the others in their order, whatever becomes of them", async () => {
    const lanes = new Lanes(2);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const work = Array.from({ length: 7 }, (_, i) =>
      lanes.run(async () => {
        started.push(i);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
        if (i % 2 === 1) throw new Error("odd");
        return i;
      }),
    );
    const outcomes = await Promise.allSettled(work);
    expect(outcomes.map(({ status }) => status === "fulfilled")).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
  });
});
