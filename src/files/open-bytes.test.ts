import { readdirSync, readlinkSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openBytes } from "./open-bytes.js";
import { collect, TemporaryFolder } from "./testing/temporary-folder.js";

const folder = new TemporaryFolder();
const read = async (path: string) => Buffer.concat(await collect(openBytes(path)));

/** Paths that this process has open, where the system tells. */
function openPaths(): string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

describe("openBytes", () => {
  it("gives the bytes of a file, decompressed or not, whatever its name", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        // What begins as a compressed file does is taken for one.
        fc.pre(![0x1f, 0x28, 0x42, 0xfd, 0x50].includes(bytes[0] ?? 0));
        expect(await read(folder.write("a.gz", bytes))).toEqual(Buffer.from(bytes));
        expect(await read(folder.write("b.txt", gzipSync(bytes)))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 30 },
    );
  });

  it("reads gzip files joined to one", async () => {
    const path = folder.write("joined.gz", Buffer.concat([gzipSync("one\n"), gzipSync("two\n")]));
    expect(String(await read(path))).toBe("one\ntwo\n");
  });

  it("says that gzip data end too early, or are damaged", async () => {
    const whole = gzipSync(Buffer.from("text ".repeat(10_000)));
    const cut = folder.write("cut.gz", whole.subarray(0, -10));
    await expect(read(cut)).rejects.toMatchObject({
      code: "INVALID_COMPRESSION",
      message: `${cut} ends in the middle of its gzip data; copy or download it again.`,
    });
    const damaged = folder.write("damaged.gz", whole.fill(0x55, 20, 40));
    await expect(read(damaged)).rejects.toMatchObject({
      code: "INVALID_COMPRESSION",
      message: `${damaged} holds damaged gzip data; copy or download it again.`,
    });
  });

  it("names a compression that it cannot undo", async () => {
    const path = folder.write("a.zst", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0));
    await expect(read(path)).rejects.toMatchObject({
      code: "INVALID_COMPRESSION",
      message: `${path} is compressed with zstd; decompress it, or use gzip.`,
    });
  });

  it("says whether a path is missing or a folder", async () => {
    await expect(read(`${folder.path}/none`)).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
      message: `${folder.path}/none does not exist; check the path.`,
    });
    await expect(read(folder.path)).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
      message: `${folder.path} is a folder; check the path.`,
    });
  });

  it("stops with ABORTED, before and in the middle", async () => {
    const path = folder.write("long", Buffer.alloc(3_000_000, "line\n"));
    const reason = new Error("enough");
    const before = openBytes(path, { signal: AbortSignal.abort(reason) });
    await expect(before.next()).rejects.toMatchObject({ code: "ABORTED", cause: reason });

    const controller = new AbortController();
    const chunks = openBytes(path, { signal: controller.signal });
    await chunks.next();
    controller.abort(reason);
    await expect(collect(chunks)).rejects.toMatchObject({ code: "ABORTED", cause: reason });
  });

  it.skipIf(process.platform !== "linux").each(["plain", "gzip"])(
    "closes the file of a consumer that stops early (%s)",
    async (kind) => {
      const long = Buffer.alloc(3_000_000, "line\n");
      const path = folder.write(`early-${kind}`, kind === "gzip" ? gzipSync(long, { level: 0 }) : long);
      for await (const _ of openBytes(path)) {
        expect(openPaths()).toContain(path);
        break;
      }
      await expect.poll(openPaths).not.toContain(path);
    },
  );
});
