import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { matchesEtag } from "./verify-blob.js";

let folder: string;
let file: string;
const content = randomBytes(2_500_000);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "blob-"));
  file = join(folder, "file");
  await writeFile(file, content);
});
afterAll(() => rm(folder, { recursive: true }));

it("knows the sha256 of large files", async () => {
  const etag = createHash("sha256").update(content).digest("hex");
  expect(await matchesEtag(file, etag)).toBe(true);
  expect(
    await matchesEtag(
      file,
      etag.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
    ),
  ).toBe(false);
});

it("knows git's own names for files", async () => {
  const hello = join(folder, "hello");
  await writeFile(hello, "hello\n");
  await writeFile(join(folder, "empty"), "");
  // What `git hash-object` prints for them.
  expect(await matchesEtag(hello, "ce013625030ba8dba906f756967f9e9ca394464a")).toBe(true);
  expect(await matchesEtag(join(folder, "empty"), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")).toBe(true);
  // The plain sha1 of the same bytes is another thing.
  expect(await matchesEtag(hello, "f572d396fae9206628714fb2ce00f72e94f2258f")).toBe(false);
});

it("cannot judge by an etag of another kind", async () => {
  expect(await matchesEtag(file, "d41d8cd98f00b204-5")).toBe(true);
});
