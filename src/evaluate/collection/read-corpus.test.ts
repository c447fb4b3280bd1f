import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { collect, TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { readCorpus } from "./read-corpus.js";

const folder = new TemporaryFolder();
const read = (text: string | Uint8Array) => collect(readCorpus(folder.write("corpus.jsonl", text)));

describe("readCorpus", () => {
  it("reads documents; what is not id, title or text is metadata", async () => {
    const text = [
      '{"_id": "a", "title": "T", "text": "one"}',
      '{"id": 2, "title": "", "text": "", "metadata": {"page": 1}, "url": "/x"}',
      '{"_id": "c", "id": 3, "title": null, "text": "three", "metadata": null}',
    ].join("\n");
    const expected = [
      { id: "a", title: "T", text: "one" },
      { id: "2", text: "", metadata: { page: 1, url: "/x" } },
      { id: "c", text: "three" },
    ];
    expect(await read(text)).toEqual(expected);
    expect(await read(gzipSync(text))).toEqual(expected);
  });

  it("reads Parquet", async () => {
    const path = new URL("../../files/testing/corpus.parquet", import.meta.url).pathname;
    expect(await collect(readCorpus(path))).toEqual([
      { id: "d1", title: "A", text: "Alpha wing." },
      { id: "d2", text: "Beta flow." },
      { id: "d3", text: "Gamma über." },
      { id: "d4", title: "D", text: "" },
      { id: "d5", text: "Epsilon 😀" },
    ]);
  });

  it.each<[string, string, string]>([
    ['{"_id": "a"}', "INVALID_RECORD", "line 2: text is undefined; give a string."],
    ['{"_id": "a", "text": 5}', "INVALID_RECORD", "line 2: text is 5; give a string."],
    [
      '{"_id": "a", "text": "", "title": []}',
      "INVALID_RECORD",
      "line 2: title is []; give a string, or leave it out.",
    ],
    [
      '{"text": "x"}',
      "INVALID_RECORD",
      "line 2: _id is undefined; give a string that is not empty, or a number.",
    ],
    ['{"_id": "a", "text": "x"', "INVALID_JSON", "line 2, column 25: the JSON ends too early"],
    [
      '{"_id": 1, "text": "x"}',
      "DUPLICATE_ID",
      'line 2: document "1" stands on line 1 already; give every document',
    ],
  ])("explains what is wrong with %j", async (second, code, message) => {
    await expect(read(`{"_id": "1", "text": "first"}\n${second}\n`)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`corpus.jsonl, ${message}`),
    });
  });

  it("refuses a corpus without documents", async () => {
    await expect(read("\n")).rejects.toMatchObject({
      code: "EMPTY_FILE",
      message: expect.stringContaining("corpus.jsonl holds no documents; write"),
    });
  });
});
