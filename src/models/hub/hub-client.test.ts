import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sleep } from "../../http/sleep.js";
import { headFile, normalizeEtag, parseListing } from "./hub-client.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const QUESTION = { repository: "org/x", revision: COMMIT, file: "sub dir/config#1.json" };

describe("normalizeEtag", () => {
  it.each([
    ['"abc"', "abc"],
    ['W/"abc"', "abc"],
    ["abc", "abc"],
    ['"d41d8cd9-5"', "d41d8cd9-5"],
    [null, undefined],
    ['""', undefined],
    ['"../../../x"', undefined],
  ])("reads %s as %s", (header, etag) => {
    expect(normalizeEtag(header)).toBe(etag);
  });

  it("gives nothing that could leave the blobs folder", () => {
    fc.assert(fc.property(fc.string(), (text) => /^[\w-]*$/.test(normalizeEtag(text) ?? "")));
  });
});

describe("parseListing", () => {
  it("reads commit and names", () => {
    const text = JSON.stringify({ sha: COMMIT, siblings: [{ rfilename: "a.json" }, { rfilename: "b/c" }] });
    expect(parseListing(text, QUESTION)).toEqual({ commit: COMMIT, files: ["a.json", "b/c"] });
  });

  it.each([
    "<html>",
    "null",
    "[]",
    '{"siblings":[]}',
    '{"sha":"main","siblings":[]}',
    `{"sha":"${COMMIT}"}`,
    `{"sha":"${COMMIT}","siblings":[null]}`,
    `{"sha":"${COMMIT}","siblings":[{"rfilename":"../x"}]}`,
  ])("refuses %s", (text) => {
    expect(() => parseListing(text, QUESTION)).toThrow(expect.objectContaining({ code: "HUB_BAD_RESPONSE" }));
  });

  it("refuses any other JSON with its own error", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseListing(text, QUESTION)).toThrow(
          expect.objectContaining({ code: "HUB_BAD_RESPONSE" }),
        );
      }),
    );
  });
});

describe("headFile", () => {
  /** Asks about a file; resolves to the address asked and what came of the headers. */
  async function head(headers: Record<string, string>, status = 200) {
    let asked = "";
    const fake = async (url: string) => {
      asked = url;
      return new Response(null, { status, headers });
    };
    const rest = {
      token: undefined,
      tokenSource: undefined,
      requestMs: 1000,
      stallMs: 1000,
      retries: 0,
      sleep,
    };
    const link = { fetch: fake as unknown as typeof fetch, endpoint: "https://hub.example", ...rest };
    return { ...(await headFile(link, QUESTION)), asked };
  }

  it("asks at the commit, with the name escaped", async () => {
    const { asked } = await head({ etag: '"e"' });
    expect(asked).toBe(`https://hub.example/org/x/resolve/${COMMIT}/sub%20dir/config%231.json`);
  });

  it("prefers what the hub says about the linked file", async () => {
    const linked = { "x-linked-etag": '"l"', "x-linked-size": "7", "x-repo-commit": COMMIT };
    const redirect = { ...linked, etag: '"e"', "content-length": "99", location: "https://cdn.example/l" };
    expect(await head(redirect, 302)).toMatchObject({ etag: "l", size: 7 });
  });

  it("knows no size when the body would be compressed", async () => {
    expect(await head({ etag: '"e"', "content-length": "9" })).toMatchObject({ etag: "e", size: 9 });
    expect(await head({ etag: '"e"', "content-length": "9", "content-encoding": "gzip" })).toMatchObject({
      size: undefined,
    });
  });

  it("refuses an answer without an etag or from another commit", async () => {
    await expect(head({})).rejects.toMatchObject({ code: "HUB_BAD_RESPONSE" });
    await expect(head({ etag: '"e"', "x-repo-commit": "f".repeat(40) })).rejects.toMatchObject({
      code: "HUB_BAD_RESPONSE",
    });
  });
});
