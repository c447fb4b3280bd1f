import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import type { Warning } from "../../types/index.js";
import { readTopics, type TopicField } from "./read-topics.js";

const folder = new TemporaryFolder();
const read = async (text: string, field?: TopicField) => [
  ...(await readTopics(folder.write("topics", text), { field })),
];

const OLD = `
<top>
<num> Number: 301
<title> International
 Organized   Crime

<desc> Description:
Identify organizations that participate in R&amp;D &#8211; crime.

<narr> Narrative:
A relevant document must say x < y.
</top>

<top><num>302</num><title>Topic: Poliomyelitis</title>
<desc>Description: Is it under control?</top>
`;
const NEW = `<?xml version="1.0"?>
<topics task="COVIDSEARCH">
  <topic number="1" type="single">
    <query>coronavirus origin</query>
    <question>what is the origin of COVID-19</question>
    <narrative>seeking range of information</narrative>
  </topic>
</topics>`;

describe("readTopics", () => {
  it("reads JSON Lines", async () => {
    expect(
      await read(
        '{"_id": "b", "text": "two", "metadata": {}}\n{"qid": 1, "query": "one"}\n\n{"id": "c", "title": "x"}',
      ),
    ).toEqual([
      ["b", "two"],
      ["1", "one"],
      ["c", "x"],
    ]);
  });

  it("reads a table, with or without a header", async () => {
    expect(
      await read("19335\tanthropological definition\tof environment \r\n47923\taxon terminals\n"),
    ).toEqual([
      ["19335", "anthropological definition\tof environment"],
      ["47923", "axon terminals"],
    ]);
    expect(await read("qid\tquery\nq 1\tone")).toEqual([["q 1", "one"]]);
  });

  it("reads the title, the description or the narrative of TREC topics", async () => {
    expect(await read(OLD)).toEqual([
      ["301", "International Organized Crime"],
      ["302", "Poliomyelitis"],
    ]);
    expect(await read(OLD, "description")).toEqual([
      ["301", "Identify organizations that participate in R&D – crime."],
      ["302", "Is it under control?"],
    ]);
    expect(await read(NEW)).toEqual([["1", "coronavirus origin"]]);
    expect(await read(NEW, "description")).toEqual([["1", "what is the origin of COVID-19"]]);
    expect(await read(NEW, "narrative")).toEqual([["1", "seeking range of information"]]);
    expect(await read(OLD.split("<top><num>302")[0] ?? "", "narrative")).toEqual([
      ["301", "A relevant document must say x < y."],
    ]);
  });

  it("reads gzip and Parquet", async () => {
    const table = folder.write("topics.tsv.gz", gzipSync("1\tone\n"));
    expect([...(await readTopics(table))]).toEqual([["1", "one"]]);
    const parquet = new URL("../../files/testing/queries.parquet", import.meta.url).pathname;
    expect([...(await readTopics(parquet))]).toEqual([
      ["1", "what is alpha"],
      ["2", "what is beta"],
    ]);
  });

  it.each<[string, string, string]>([
    ['{"_id": "1"}', "INVALID_TOPICS", "line 1: text is undefined; give a string"],
    [
      '{"text": "x"}',
      "INVALID_TOPICS",
      "line 1: _id is undefined; give a string that is not empty, or a number",
    ],
    ['{"_id": "1", "text": "x"}\n{', "INVALID_JSON", "line 2, column 2: the JSON ends too early"],
    [
      "1\tone\njust words",
      "INVALID_TOPICS",
      'line 2: "just words" is not a query; write its id, a tab and its text',
    ],
    ["\tone", "INVALID_TOPICS", 'line 1: "\\tone" is not a query'],
    ["1\tone\n2\ttwo\n1\tthree", "DUPLICATE_ID", 'line 3: query "1" stands in this file before'],
    ["1\tone\n2\t ", "EMPTY_QUERY", 'line 2: query "2" has no text; write one, or remove it'],
    ["<top>\n<num> 1\n<title> x", "INVALID_TOPICS", "line 1: this topic has no end; close it with </top>"],
    ["\n<top>\n<title> x\n</top>", "INVALID_TOPICS", "line 2: the topic's number is undefined"],
    ["<top><num> 7 <desc> x </top>", "INVALID_TOPICS", 'line 1: topic "7" has no title; write it as <title>'],
    ["<x>\nwords", "INVALID_TOPICS", 'line 2: "words" stands outside of a topic; begin each with <top>'],
    ["", "EMPTY_FILE", "holds no queries; write"],
    ["<topics></topics>", "EMPTY_FILE", "holds no queries; write"],
  ])("explains what is wrong with %j", async (text, code, message) => {
    await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it("only warns of a blank query that is not required", async () => {
    const path = folder.write("topics.tsv", "1\tone\n2\t\n");
    const warnings: Warning[] = [];
    const queries = await readTopics(path, {
      required: (id) => id === "1",
      onWarning: (warning) => warnings.push(warning),
    });
    expect([...queries]).toEqual([
      ["1", "one"],
      ["2", ""],
    ]);
    expect(warnings).toEqual([
      { code: "empty_query", message: `${path}, line 2: query "2" has no text; nobody judged it.` },
    ]);
  });
});
