import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadDocument, readDocuments } from "./read-documents.js";

async function read(source: Parameters<typeof readDocuments>[0]): Promise<ReadDocument[]> {
  const found: ReadDocument[] = [];
  for await (const document of readDocuments(source)) found.push(document);
  return found;
}
const readText = (text: string) => read(Readable.from([Buffer.from(text)]));

describe("readDocuments", () => {
  it("reads JSON Lines: text, id, title, score, the rest as metadata", async () => {
    const lines = [
      '{"id": "a", "title": "T", "text": "one", "score": 3.5, "lang": "en"}',
      "",
      '{"text": "two", "id": 7, "title": null, "score": null}',
      '"three"',
      '{"text": "", "metadata": {"page": 1}, "url": "/x"}',
    ];
    expect(await readText(lines.join("\n"))).toEqual([
      { document: { id: "a", title: "T", text: "one", metadata: { lang: "en" } }, score: 3.5, line: 1 },
      { document: { id: "7", text: "two" }, line: 3 },
      { document: { text: "three" }, line: 4 },
      { document: { text: "", metadata: { page: 1, url: "/x" } }, line: 5 },
    ]);
  });

  it("reads anything else as plain text, one document a line, as it stands", async () => {
    const documents = async (text: string) => (await readText(text)).map(({ document }) => document.text);
    expect(await documents("\ufeff\r\n first \r\n{second}\r\n\r\nthird")).toEqual([
      " first ",
      "{second}",
      "third",
    ]);
    expect(await documents('"Hello," she said.\n"Bye."')).toEqual(['"Hello," she said.', '"Bye."']);
    expect(await documents("[1] Smith et al.\n[2] Jones")).toEqual(["[1] Smith et al.", "[2] Jones"]);
  });

  it("finds nothing in an empty or blank file", async () => {
    expect(await readText("")).toEqual([]);
    expect(await readText("\ufeff \n\t\r\n")).toEqual([]);
  });

  it.each<[string, string, string]>([
    [
      '{"text": "a"}\n\n{"text": b}',
      "INVALID_JSON",
      'standard input, line 3, column 10: "b}" is not JSON here',
    ],
    ['{"text": "a"}\n{', "INVALID_JSON", "standard input, line 2, column 2: the JSON ends too early"],
    ['{"text": "a"}\nplain', "INVALID_JSON", 'standard input, line 2, column 1: "plain" is not JSON here'],
    ['{"id": "a"}', "INVALID_RECORD", "standard input, line 1: text is undefined; give a string"],
    ['{"text": ["a"]}', "INVALID_RECORD", 'line 1: text is ["a"]'],
    ['{"text": "a", "id": {}}', "INVALID_RECORD", "line 1: id is {}"],
    ['{"text": "a", "title": 5}', "INVALID_RECORD", "line 1: title is 5"],
    ['\n{"text": "a", "score": "9"}', "INVALID_RECORD", 'line 2: score is "9"; give a finite number'],
    ['{"text": "a", "score": 1e999}', "INVALID_RECORD", "line 1: score is Infinity"],
    ['{"text": "a"}\n[1]', "INVALID_RECORD", "line 2: the line is [1]"],
    ['[{"text": "a"}]', "INVALID_RECORD", "line 1: the file is one JSON array"],
    ['[\n  {"text": "a"}\n]', "INVALID_RECORD", "line 1: the file is one JSON array"],
  ])("explains what is wrong with %j", async (text, code, message) => {
    await expect(readText(text)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it("takes a key like __proto__ for data", async () => {
    const [first] = await readText('{"text": "a", "__proto__": {"admin": true}}');
    expect(Object.getPrototypeOf(first?.document.metadata)).toBe(Object.prototype);
    expect((first?.document.metadata as { admin?: boolean } | undefined)?.admin).toBeUndefined();
  });

  it("gives back whatever was written, with its line numbers", async () => {
    const record = fc.record(
      {
        id: fc.string(),
        title: fc.string(),
        text: fc.string({ unit: "grapheme" }),
        score: fc.double({ noNaN: true, noDefaultInfinity: true }).map((score) => score + 0),
        tags: fc.array(fc.string(), { minLength: 1 }),
      },
      { requiredKeys: ["text"] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(record, fc.nat({ max: 2 }))),
        fc.constantFrom("\n", "\r\n"),
        async (all, end) => {
          let text = "";
          const expected = all.map(([{ tags, score, ...document }, blanks]) => {
            text += end.repeat(blanks) + JSON.stringify({ ...document, score, tags }) + end;
            const line = text.split("\n").length - 1;
            return { document: { ...document, ...(tags && { metadata: { tags } }) }, score, line };
          });
          expect(await readText(text)).toEqual(expected);
        },
      ),
    );
  });

  it("never fails with anything but a named error", async () => {
    const codes = ["INVALID_UTF8", "INVALID_JSON", "INVALID_RECORD"];
    const start = fc
      .constantFrom("", "{", '{"text":', '"a"\n', '{"text":"a"}\n')
      .map((text) => [...Buffer.from(text)]);
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array(), async (prefix, bytes) => {
        await read(Readable.from([Buffer.from([...prefix, ...bytes])])).catch(({ code }) => {
          expect(codes).toContain(code);
        });
      }),
    );
  });
});

describe("readDocuments on files", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rankwright-"));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it("reads a file larger than one chunk", async () => {
    const file = join(folder, "many.jsonl");
    const lines = Array.from({ length: 5000 }, (_, i) =>
      JSON.stringify({ id: i, text: `Dokument über Nr. ${i}` }),
    );
    await writeFile(file, lines.join("\n"));
    const found = await read(file);
    expect(found).toHaveLength(5000);
    expect(found[4321]).toEqual({ document: { id: "4321", text: "Dokument über Nr. 4321" }, line: 4322 });
  });

  it("reads a file compressed with gzip", async () => {
    const file = join(folder, "a.jsonl.gz");
    await writeFile(file, gzipSync('{"id": "a", "text": "one"}\n'));
    expect(await read(file)).toEqual([{ document: { id: "a", text: "one" }, line: 1 }]);
  });

  it("names the file in its errors", async () => {
    const file = join(folder, "latin1.txt");
    await writeFile(file, Buffer.from("ok\ngr\u00fcn\n", "latin1"));
    await expect(read(file)).rejects.toMatchObject({
      code: "INVALID_UTF8",
      message: expect.stringContaining(`${file}, line 2`),
    });
  });

  it("says whether a path is missing or a folder", async () => {
    const missing = join(folder, "missing.jsonl");
    await expect(read(missing)).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
      message: `${missing} does not exist; check the path.`,
    });
    await expect(read(folder)).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
      message: `${folder} is a folder; check the path.`,
    });
  });
});
