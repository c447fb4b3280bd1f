import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readParquet } from "./read-parquet.js";
import { collect, TemporaryFolder } from "./testing/temporary-folder.js";

// Both written with hyparquet-writer: five rows in three row groups, Snappy; two rows with 64-bit ids, gzip.
const corpus = join(import.meta.dirname, "testing/corpus.parquet");
const queries = join(import.meta.dirname, "testing/queries.parquet");
const folder = new TemporaryFolder();

describe("readParquet", () => {
  it("reads the columns asked for, row group by row group", async () => {
    const rows = await collect(readParquet(corpus, { columns: ["_id", "id", "title"] }));
    expect(rows).toEqual([
      { line: 1, record: { _id: "d1", title: "A" } },
      { line: 2, record: { _id: "d2", title: null } },
      { line: 3, record: { _id: "d3", title: "" } },
      { line: 4, record: { _id: "d4", title: "D" } },
      { line: 5, record: { _id: "d5", title: null } },
    ]);
  });

  it("reads other compressions through the second package", async () => {
    const [first] = await collect(readParquet(queries, { columns: ["id", "text"] }));
    expect(first).toEqual({ line: 1, record: { id: 1n, text: "what is alpha" } });
  });

  it("says what is wrong with a file", async () => {
    const read = (path: string, columns = ["_id"]) => collect(readParquet(path, { columns }));
    await expect(read("none.parquet")).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    const text = folder.write("text.parquet", "_id,text\n1,hello\n".repeat(10));
    await expect(read(text)).rejects.toMatchObject({
      code: "INVALID_PARQUET",
      message: expect.stringContaining(`${text} is not a Parquet file that can be read`),
    });
    const bytes = readFileSync(corpus);
    const damaged = folder.write("damaged.parquet", bytes.fill(0xff, 4, 60));
    await expect(read(damaged)).rejects.toMatchObject({ code: "INVALID_PARQUET" });
    await expect(read(corpus, ["docno"])).rejects.toMatchObject({
      code: "INVALID_PARQUET",
      message: `${corpus} has none of the columns docno, but _id, title, text, length; rename them.`,
    });
  });

  it("stops with ABORTED", async () => {
    const controller = new AbortController();
    const rows = readParquet(corpus, { columns: ["_id"], signal: controller.signal });
    await rows.next();
    controller.abort();
    await expect(collect(rows)).rejects.toMatchObject({ code: "ABORTED" });
  });
});
