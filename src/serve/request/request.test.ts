import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Admission } from "../limits/admission.js";
import { SERVER_LIMITS } from "../limits/limits.js";
import { get, post } from "../testing/requests.js";
import { checkShape } from "./check-shape.js";
import { deadlineOf } from "./deadline.js";
import { parseBody } from "./parse-body.js";
import { readBody } from "./read-body.js";
import { requestId } from "./request-id.js";

const SMALL = { jsonDepth: 5, jsonValues: 100 };
const bytes = (text: string) => new TextEncoder().encode(text);

describe("readBody", () => {
  const read = (request: Request, bodyBytes = 100, bodyMs = 1000) => {
    const place = new Admission({ requests: 1, totalBodyBytes: 1000 }).enter();
    return readBody(request, place, { bodyBytes, bodyMs }).then((found) => Buffer.from(found).toString());
  };
  const endless = (chunk: string) =>
    new ReadableStream({
      pull(controller) {
        controller.enqueue(bytes(chunk));
      },
    });
  const streamed = (body: ReadableStream, signal?: AbortSignal) =>
    new Request("http://server/", {
      method: "POST",
      body,
      duplex: "half",
      ...(signal && { signal }),
    } as RequestInit);

  it("reads a body whole, in one piece or in many", async () => {
    expect(await read(post("/", "hello"))).toBe("hello");
    const parts = ReadableStream.from([bytes("hel"), bytes("lo")]);
    expect(await read(streamed(parts as unknown as ReadableStream))).toBe("hello");
    expect(await read(get("/"))).toBe("");
  });

  it("refuses what is too long while it comes in, or says so beforehand", async () => {
    const tooLarge = { code: "REQUEST_TOO_LARGE", message: expect.stringContaining("at most 100 bytes") };
    await expect(read(post("/", "x".repeat(101)))).rejects.toMatchObject(tooLarge);
    await expect(read(streamed(endless("x")))).rejects.toMatchObject(tooLarge);
    await expect(read(post("/", "x", { "content-length": "101" }))).rejects.toMatchObject(tooLarge);
  });

  it("refuses what is too slow", async () => {
    const never = new ReadableStream({ start: (controller) => controller.enqueue(bytes("{")) });
    await expect(read(streamed(never), 100, 5)).rejects.toMatchObject({ code: "REQUEST_TIMEOUT" });
  });

  it("gives up when the caller leaves", async () => {
    const controller = new AbortController();
    const never = new ReadableStream({ start: (stream) => stream.enqueue(bytes("{")) });
    const reading = read(streamed(never, controller.signal));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: "ABORTED" });
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("unpacks %s, bounded by what it becomes", async (encoding, compress) => {
    const packed = (text: string) => post("/", compress(text), { "content-encoding": encoding });
    expect(await read(packed("hello"))).toBe("hello");
    const bomb = packed("0".repeat(100_000));
    expect((await bomb.clone().arrayBuffer()).byteLength).toBeLessThan(200);
    await expect(read(bomb, 200)).rejects.toMatchObject({ code: "REQUEST_TOO_LARGE" });
  });

  it("refuses damaged and unknown compression", async () => {
    await expect(read(post("/", "x", { "content-encoding": "gzip" }))).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      message: "the body is not valid gzip; compress it again, or send it as it is",
    });
    await expect(read(post("/", "x", { "content-encoding": "zstd" }))).rejects.toThrow(
      'Content-Encoding is "zstd"; send it as it is, or with gzip',
    );
    await expect(read(post("/", "x", { "content-encoding": "constructor" }))).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
  });
});

describe("parseBody", () => {
  it.each([
    ["", "the body is empty"],
    ["{", "it ends too early"],
    ['{"a":}', "from character 5 on"],
    ["[]", "the body is an array; send a JSON object"],
    ["null", "the body is null"],
    ['"text"', 'the body is "text"'],
    ['{"__proto__": {"a": 1}}', "a key __proto__"],
    ['{"a": [{"\\u005f_proto__": 1}]}', "a key __proto__"],
  ])("refuses %j", (text, message) => {
    expect(() => parseBody(bytes(text), SMALL)).toThrow(
      expect.objectContaining({ code: "INVALID_REQUEST", message: expect.stringContaining(message) }),
    );
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => parseBody(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), SMALL)).toThrow("not valid UTF-8");
  });

  it("refuses deep nesting before it builds anything", () => {
    const deep = bytes("[".repeat(5_000_000));
    expect(() => parseBody(deep, SERVER_LIMITS)).toThrow(
      expect.objectContaining({ code: "REQUEST_TOO_LARGE" }),
    );
  });

  it("reads every object back, and takes a byte order mark", () => {
    // The one key that is refused may stand at any depth.
    const anyObject = fc
      .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
      .filter((object) => !JSON.stringify(object).includes('"__proto__":'));
    fc.assert(
      fc.property(anyObject, fc.boolean(), (object, marked) => {
        const text = JSON.stringify(object);
        expect(parseBody(bytes(marked ? `\ufeff${text}` : text), SERVER_LIMITS)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("fails with nothing but named errors, whatever the bytes", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      "\\",
      ":",
      ",",
      "1",
      "null",
      "__proto__",
      "\u0000",
    );
    const soup = fc.oneof(
      fc.array(piece).map((all) => bytes(all.join(""))),
      fc.uint8Array(),
    );
    fc.assert(
      fc.property(soup, (body) => {
        try {
          parseBody(body, SMALL);
        } catch (error) {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^(INVALID_REQUEST|REQUEST_TOO_LARGE)$/),
          });
        }
      }),
    );
  });
});

describe("checkShape", () => {
  const inside = (value: unknown) =>
    typeof value === "object" && value !== null ? Object.values(value) : [];
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...inside(value).map(depthOf)) : 0;
  const countOf = (value: unknown): number =>
    inside(value).reduce<number>((sum, each) => sum + countOf(each), 1);
  const refuses = (value: unknown, jsonDepth: number, jsonValues: number) => {
    try {
      checkShape(bytes(JSON.stringify(value)), { jsonDepth, jsonValues });
      return false;
    } catch {
      return true;
    }
  };

  it("counts the levels of any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat({ max: 6 }), (value, most) => {
        expect(refuses(value, most, 1e6)).toBe(depthOf(value) > most);
      }),
    );
  });

  it("never counts fewer values than there are, and empty lists at most twice", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const values = countOf(value);
        expect(refuses(value, 99, 2 * values)).toBe(false);
        expect(refuses(value, 99, values - 1)).toBe(true);
      }),
    );
  });
});

describe("requestId", () => {
  it("keeps a caller's id that is fit for headers and logs", () => {
    expect(requestId(new Headers({ "x-request-id": "trace-1:2/3" }))).toBe("trace-1:2/3");
    for (const bad of ["", "a b", "x".repeat(129), "{}"]) {
      expect(requestId(new Headers({ "x-request-id": bad }))).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe("deadlineOf", () => {
  const header = (value: string) => new Headers({ "x-rankwright-deadline-ms": value });

  it("takes what the caller says, but never more than the server allows", () => {
    expect(deadlineOf(new Headers(), undefined)).toBeUndefined();
    expect(deadlineOf(new Headers(), 500)).toBe(500);
    expect(deadlineOf(header("200"), 500)).toBe(200);
    expect(deadlineOf(header("900"), 500)).toBe(500);
    expect(deadlineOf(header("900"), undefined)).toBe(900);
  });

  it.each(["", "-1", "1.5", "soon"])("refuses %j", (value) => {
    expect(() => deadlineOf(header(value), 500)).toThrow("give whole milliseconds");
  });
});
