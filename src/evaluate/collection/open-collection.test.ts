import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DATASETS } from "../../files/testing/datasets.js";
import { collect, TemporaryFolder } from "../../files/testing/temporary-folder.js";
import type { Warning } from "../../types/index.js";
import { judgedQueries } from "./judged-queries.js";
import { type OpenCollectionOptions, openCollection } from "./open-collection.js";

const temporary = new TemporaryFolder();
let made = 0;

const CORPUS = '{"_id": "d1", "text": "one"}\n{"_id": "d2", "text": "two"}\n';
const QUERIES = '{"_id": "q1", "text": "first"}\n{"_id": "q2", "text": "second"}\n';
const QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\n";

/** A folder with these files; the parts of a small collection where they are not given. */
function folder(files: Record<string, string | Uint8Array | undefined>): string {
  const name = `set-${made++}`;
  const all = { "corpus.jsonl": CORPUS, "queries.jsonl": QUERIES, "qrels/test.tsv": QRELS, ...files };
  for (const [file, content] of Object.entries(all)) {
    if (content !== undefined) temporary.write(join(name, file), content);
  }
  return join(temporary.path, name);
}

async function open(
  files: Record<string, string | Uint8Array | undefined>,
  options: OpenCollectionOptions = {},
) {
  const warnings: Warning[] = [];
  const path = folder(files);
  const collection = await openCollection(path, {
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
  return { collection, warnings, path };
}

describe("openCollection", () => {
  it("opens BEIR's layout; documents can be read again and again", async () => {
    const { collection, warnings, path } = await open({});
    expect(path.endsWith(collection.name)).toBe(true);
    expect([...collection.queries]).toEqual([
      ["q1", "first"],
      ["q2", "second"],
    ]);
    expect(collection.qrels).toEqual(new Map([["q1", new Map([["d1", 1]])]]));
    for (let i = 0; i < 2; i++) {
      expect((await collect(collection.documents())).map(({ id }) => id)).toEqual(["d1", "d2"]);
    }
    expect([...judgedQueries(collection)]).toEqual([["q1", "first"]]);
    expect(warnings).toEqual([]);
  });

  it("opens compressed files, TREC topics and judgments, and no judgments", async () => {
    const { collection } = await open(
      {
        "corpus.jsonl": undefined,
        "corpus.jsonl.gz": gzipSync(CORPUS),
        "queries.jsonl": undefined,
        "topics.dl.txt": "<top><num> 7 <title> seven <desc> or more</top>",
        "qrels/test.tsv": undefined,
        "qrels.dl.txt": "7 0 d2 3\n",
      },
      { field: "description" },
    );
    expect([...collection.queries]).toEqual([["7", "or more"]]);
    expect(collection.qrels).toEqual(new Map([["7", new Map([["d2", 3]])]]));
    const { collection: bare } = await open({ "qrels/test.tsv": undefined });
    expect(bare.qrels.size).toBe(0);
  });

  it("takes the judgments asked for, else test, else the only ones", async () => {
    const judged = (grade: number) => `q1\td1\t${grade}\n`;
    const several = {
      "qrels/test.tsv": judged(1),
      "qrels/train.tsv.gz": gzipSync(judged(2)),
      "qrels/README.md": "",
    };
    const gradeOf = async (files: Parameters<typeof open>[0], options?: OpenCollectionOptions) =>
      (await open(files, options)).collection.qrels.get("q1")?.get("d1");
    expect(await gradeOf(several)).toBe(1);
    expect(await gradeOf(several, { qrels: "train" })).toBe(2);
    expect(await gradeOf({ "qrels/test.tsv": undefined, "qrels/dev.tsv": judged(3) })).toBe(3);
    expect(await gradeOf(several, { qrels: temporary.write("elsewhere.txt", "q1 0 d1 4\n") })).toBe(4);

    await expect(open(several, { qrels: "dev" })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(/^qrels is "dev", which is neither .*; it has test, train\.$/),
    });
    const ambiguous = {
      "qrels/test.tsv": undefined,
      "qrels/dev.tsv": judged(1),
      "qrels/train.tsv": judged(1),
    };
    await expect(open(ambiguous)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(
        /more than one file of judgments \(dev, train\); name one of them as qrels\.$/,
      ),
    });
  });

  it("warns once of judged documents and queries that it does not hold", async () => {
    const { collection, warnings } = await open({ "qrels/test.tsv": "q1\td1\t1\nq1\td8\t0\nq9\td9\t1\n" });
    expect(warnings).toEqual([
      {
        code: "unknown_queries",
        message: expect.stringMatching(
          /^1 of the 2 queries judged in .*test\.tsv are not in .*queries\.jsonl, such as "q9"\.$/,
        ),
      },
    ]);
    await collect(collection.documents());
    await collect(collection.documents());
    expect(warnings.slice(1)).toEqual([
      {
        code: "unknown_documents",
        message: expect.stringMatching(/^2 of the 3 judged documents are not in .*corpus\.jsonl; no ranking/),
      },
    ]);
  });

  it("refuses a judged query without text, warns of another", async () => {
    const blank = '{"_id": "q1", "text": "first"}\n{"_id": "q2", "text": " "}\n';
    const { warnings } = await open({ "queries.jsonl": blank });
    expect(warnings).toMatchObject([{ code: "empty_query" }]);
    await expect(open({ "queries.jsonl": blank, "qrels/test.tsv": "q2\td1\t1\n" })).rejects.toMatchObject({
      code: "EMPTY_QUERY",
      message: expect.stringMatching(
        /queries\.jsonl, line 2: query "q2" has no text; write one, or remove it\.$/,
      ),
    });
  });

  it.each<[string, Parameters<typeof open>[0], string, RegExp]>([
    [
      "without corpus",
      { "corpus.jsonl": undefined },
      "INVALID_COLLECTION",
      /has no corpus; add one of corpus\.jsonl,/,
    ],
    [
      "without queries",
      { "queries.jsonl": undefined },
      "INVALID_COLLECTION",
      /has no queries; add one of queries/,
    ],
    [
      "with several topics",
      { "queries.jsonl": undefined, "topics1.tsv": "1\tx", "topics2.tsv": "1\tx" },
      "INVALID_COLLECTION",
      /has several files of queries \(topics1\.tsv, topics2\.tsv\)/,
    ],
    ["with an empty corpus", { "corpus.jsonl": "" }, "EMPTY_FILE", /corpus\.jsonl holds no documents/],
    [
      "with a corpus of other things",
      { "corpus.jsonl": "hello" },
      "INVALID_JSON",
      /corpus\.jsonl, line 1, column 1/,
    ],
    [
      "with judgments of other queries",
      { "qrels/test.tsv": "301\td1\t1\n" },
      "INVALID_COLLECTION",
      /test\.tsv judges no query of .*: its ids look like "301", those of the queries like "q1"/,
    ],
  ])("refuses a folder %s", async (_, files, code, message) => {
    await expect(open(files)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("refuses what is no folder", async () => {
    await expect(openCollection(join(temporary.path, "none"))).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
      message: `${join(temporary.path, "none")} does not exist; check the path.`,
    });
  });

  it("stops with ABORTED, later readings of the corpus too", async () => {
    const controller = new AbortController();
    const { collection } = await open({}, { signal: controller.signal });
    controller.abort();
    await expect(collect(collection.documents())).rejects.toMatchObject({ code: "ABORTED" });
  });
});

const data = join(DATASETS, "test");
const REAL: readonly [string, string | undefined, queries: number, documents: number, judgments: number][] = [
  ["cranfield", undefined, 225, 1400, 1837],
  ["liveqa-med", undefined, 103, 1935, 2311],
  ["mlqa-hi", undefined, 507, 425, 507],
  ["nfcorpus", undefined, 323, 3633, 12334],
  ["scifact", "train", 809, 5183, 919],
  ["trec-dl19", "full", 43, 15308, 9260],
];
const absent = !existsSync(data);

describe.skipIf(absent)(`openCollection on real collections${absent ? " (skipped: no data)" : ""}`, () => {
  it.each(REAL)("opens %s (%s)", async (name, qrels, queries, documents, judgments) => {
    const collection = await openCollection(join(data, name), { qrels });
    expect(judgedQueries(collection).size).toBe(queries);
    expect(await collect(collection.documents())).toHaveLength(documents);
    const grades = [...collection.qrels.values()].reduce((sum, each) => sum + each.size, 0);
    expect(grades).toBe(judgments);
  });
});
