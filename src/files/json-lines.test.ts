import { describe, expect, it } from "vitest";
import { jsonLines } from "./json-lines.js";
import { collect, inChunks } from "./testing/temporary-folder.js";

const source = { name: "a.jsonl", shape: 'write {"id": "…"} a line' };
const read = (text: string, code?: "INVALID_RUN") =>
  collect(jsonLines(inChunks(Buffer.from(text), 5), { ...source, code }));

describe("jsonLines", () => {
  it("reads an object a line and skips blank lines", async () => {
    expect(await read('\ufeff{"id": 1}\r\n\n {"id": "ü"} ')).toEqual([
      { line: 1, record: { id: 1 } },
      { line: 3, record: { id: "ü" } },
    ]);
    expect(await read(" \n")).toEqual([]);
  });

  it("names file, line and column of what is not JSON", async () => {
    await expect(read('{"id": 1}\n{"id": x}')).rejects.toMatchObject({
      code: "INVALID_JSON",
      field: "line 2",
      message: `a.jsonl, line 2, column 8: "x}" is not JSON here; ${source.shape}, complete on its line.`,
    });
  });

  it.each(["[1]", "null", '"a"', "3"])("refuses %s with the code of the source", async (value) => {
    const message = `a.jsonl, line 1: the line is ${value}; ${source.shape}.`;
    await expect(read(value)).rejects.toMatchObject({ code: "INVALID_RECORD", message });
    await expect(read(value, "INVALID_RUN")).rejects.toMatchObject({ code: "INVALID_RUN" });
  });
});
