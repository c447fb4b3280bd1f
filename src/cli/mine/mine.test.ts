import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pointwise } from "../../rerank/index.js";
import { type CliOptions, runCli } from "../testing/run-cli.js";

const ANIMALS = ["cat", "dog", "fox", "owl"];
const PLACES = ["river", "forest", "village", "meadow", "harbour", "mountain", "desert", "island"];
const text = (animal: string, place: string) => `The ${animal} lives near the ${place} all year.`;
const question = (animal: string) => `where does the ${animal} live`;

interface List {
  readonly query: string;
  readonly documents: readonly string[];
  readonly labels?: readonly number[];
  readonly scores?: readonly number[];
}

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "mine-"));
  const pairs = ANIMALS.map((animal) => ({
    query: question(animal),
    document: text(animal, "river"),
    label: 1,
  }));
  jsonl("pairs.jsonl", [...pairs, { query: question("owl"), document: "Owls hoot.", label: 0 }]);
  const texts = ANIMALS.flatMap((animal) => PLACES.map((place) => text(animal, place)));
  collection("corpus", texts, { q1: [question("cat"), "0"], q2: [question("dog"), "8"] }, "train");
});
afterEach(() => rmSync(cwd, { recursive: true }));

function jsonl(name: string, records: readonly object[]): void {
  writeFileSync(join(cwd, name), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
}

/** Texts with their places as ids, and queries with the id of what answers them. */
function collection(
  name: string,
  texts: readonly string[],
  queries: Readonly<Record<string, readonly [query: string, answer: string]>>,
  judgments: string,
): void {
  mkdirSync(join(cwd, name, "qrels"), { recursive: true });
  jsonl(
    `${name}/corpus.jsonl`,
    texts.map((text, i) => ({ _id: String(i), text })),
  );
  jsonl(
    `${name}/queries.jsonl`,
    Object.entries(queries).map(([_id, [text]]) => ({ _id, text })),
  );
  const lines = Object.entries(queries).map(([id, [, answer]]) => `${id}\t${answer}\t1\n`);
  writeFileSync(join(cwd, name, `qrels/${judgments}.tsv`), `query-id\tcorpus-id\tscore\n${lines.join("")}`);
}

const mine = (argv: readonly string[], options: CliOptions = {}) =>
  runCli(["mine", "--ranks", "1:20", ...argv], { cwd, ...options });
const PAIRS = ["--data", "pairs.jsonl", "--collection", "corpus", "--out", "out.jsonl"];

function written<T = List>(name = "out.jsonl"): readonly T[] {
  const bytes = readFileSync(join(cwd, name));
  const lines = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** A model that finds places the better, the later they stand in the list. */
const teacher = {
  load: async () =>
    pointwise({
      id: "teacher",
      scoreScale: "logit",
      maxTokens: Number.POSITIVE_INFINITY,
      score: async (pairs) => ({
        scores: Float64Array.from(pairs, ({ document }) => {
          if (document.text.includes("river")) return 9;
          return PLACES.findIndex((place) => document.text.includes(place));
        }),
      }),
      close: async () => undefined,
    }),
};

describe("rankwright mine", () => {
  it("finds negatives in a corpus for the queries of a file, and says what it did", async () => {
    const { code, stdout, stderr } = await mine([...PAIRS, "--negatives", "4"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^queries read +4$/m);
    expect(stdout).toMatch(/^negatives +16$/m);
    expect(stdout).toMatch(/^– judged +1$/m);
    expect(stdout).toContain("out.jsonl holds 4 lists\n");
    const lists = written();
    expect(lists.map(({ query }) => query)).toEqual(ANIMALS.map(question));
    lists.forEach(({ documents, labels }, i) => {
      expect(documents[0]).toBe(text(ANIMALS[i]!, "river"));
      expect(labels).toEqual([1, 0, 0, 0, 0]);
      expect(new Set(documents).size).toBe(5);
    });
    expect(lists[3]!.documents[1]).toBe("Owls hoot.");
  });

  it("takes the judged queries of a collection, in every format", async () => {
    const job = ["--collection", "corpus", "--negatives", "3"];
    await mine([...job, "--format", "triples", "--out", "triples.jsonl.gz"]);
    const triples = written<{ readonly positive: string; readonly negative: string }>("triples.jsonl.gz");
    expect(triples.map(({ positive }) => positive)).toEqual(
      ["cat", "cat", "cat", "dog", "dog", "dog"].map((animal) => text(animal, "river")),
    );
    await mine([...job, "--format", "pairs"].concat("--out", "pairs-out.jsonl"));
    expect(written<{ readonly label: number }>("pairs-out.jsonl").map(({ label }) => label)).toEqual([
      1, 0, 0, 0, 1, 0, 0, 0,
    ]);
  });

  it("takes documents of the data where there is no corpus", async () => {
    await mine(["--data", "pairs.jsonl", "--out", "out.jsonl", "--random-share", "0"]);
    const known = new Set([...ANIMALS.map((animal) => text(animal, "river")), "Owls hoot."]);
    for (const { documents } of written())
      for (const document of documents) expect(known).toContain(document);
  });

  it("is the same for the same seed, and another for another", async () => {
    const run = async (seed: string) => {
      await mine([...PAIRS, "--seed", seed]);
      return written();
    };
    const first = await run("1");
    expect(await run("1")).toEqual(first);
    expect(await run("2")).not.toEqual(first);
  });

  it("removes what occurs in test collections, from examples and corpus, and counts it", async () => {
    collection("tests", [text("fox", "desert")], { t1: [`Where does the FOX live?`, "0"] }, "full");
    const argv = [...PAIRS, "--against", "tests:full", "--negatives", "20"];
    const { stdout } = await mine([...argv, "--json"]);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({
      examples: 4,
      leaks: [{ examples: 4, removed: 1, sets: [{ set: "tests", queries: 1, documents: 0 }] }],
      leakedDocuments: 1,
      mining: { examples: 3, mined: 3 },
      format: "lists",
      lines: 3,
    });
    const lists = written();
    expect(lists.map(({ query }) => query)).not.toContain(question("fox"));
    expect(lists.flatMap(({ documents }) => documents)).not.toContain(text("fox", "desert"));
    const { stdout: table } = await mine(argv);
    expect(table).toMatch(/^– occur in a test collection +1$/m);
    expect(table).toMatch(/^– – tests +1$/m);
    expect(table).toMatch(/^documents that occur in a test collection +1$/m);
  });

  it("drops by a model's scores, and writes them", async () => {
    const argv = [...PAIRS, "--model", "teacher", "--negatives", "20", "--targets", "teacher"];
    const { stdout } = await mine([...argv, "--guard-margin", "6"], teacher);
    expect(stdout).toMatch(/^– dropped: within the margin below its positive's score +\d+$/m);
    for (const { documents, scores } of written()) {
      expect(scores?.[0]).toBe(9);
      expect(scores).toHaveLength(documents.length);
      expect(Math.max(...scores!.slice(1))).toBe(3);
    }
    await mine([...argv, "--guard-probability", "0.8"], teacher);
    expect(Math.max(...written().flatMap(({ scores }) => scores!.slice(1)))).toBe(1);
  });

  it("counts ranks by the model where it is the miner", async () => {
    // First come four rivers, which the guard drops, then four islands.
    const argv = [...PAIRS, "--model", "teacher", "--guard-margin", "1", "--random-share", "0"];
    await mine([...argv, "--miner", "model", "--ranks", "1:8", "--negatives", "1"], teacher);
    for (const { documents } of written()) expect(documents[1]).toMatch(/island|hoot/);
  });

  it.each([
    [["--out", "o"], "--data is missing"],
    [["--data", "pairs.jsonl"], "--out is missing"],
    [["--data", "pairs.jsonl", "--out", "./pairs.jsonl"], "would be overwritten"],
    [[...PAIRS, "--guard-share", "0.9"], "--guard-share needs scores"],
    [[...PAIRS, "--targets", "teacher"], "--targets teacher needs scores"],
    [[...PAIRS, "--miner", "model"], "--miner model needs scores"],
    [[...PAIRS, "--depth", "50"], "--depth is about --miner model"],
    [[...PAIRS, "--ranks", "5:4"], "--ranks is"],
    [["--collection", "corpus", "--qrels", "dev", "--out", "o"], "it has train"],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await mine(argv);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("refuses tests without judgments, and data of which nothing is left", async () => {
    collection(
      "tests",
      ["x"],
      Object.fromEntries(ANIMALS.map((a) => [a, [question(a), "0"] as const])),
      "test",
    );
    expect((await mine([...PAIRS, "--against", "tests"])).stderr).toContain("all 4 examples occur in");
    rmSync(join(cwd, "tests/qrels"), { recursive: true });
    expect((await mine([...PAIRS, "--against", "tests"])).stderr).toContain("NO_JUDGMENTS: tests has no");
    expect(existsSync(join(cwd, "out.jsonl"))).toBe(false);
  });

  it("skips the lines that it may, and says so", async () => {
    const bad = ["--data", "bad.jsonl", ...PAIRS];
    writeFileSync(join(cwd, "bad.jsonl"), `nonsense\n{"query": "b", "positive": "the"}\n`);
    expect((await mine(bad)).stderr).toContain("INVALID_JSON");
    const { code, stderr } = await mine([...bad, "--skip-invalid", "1"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^rankwright: warning: skipped: .*bad\.jsonl/);
  });

  it("leaves nothing behind when interrupted", async () => {
    const controller = new AbortController();
    const load = async () => {
      const model = await teacher.load();
      return {
        ...model,
        rerank: async (...request: Parameters<typeof model.rerank>) => {
          controller.abort(new Error("interrupted"));
          return model.rerank(...request);
        },
      };
    };
    writeFileSync(join(cwd, "out.jsonl"), "older");
    const { code, stderr } = await mine([...PAIRS, "--model", "teacher"], {
      load,
      signal: controller.signal,
    });
    expect([code, stderr]).toEqual([130, "rankwright: ABORTED: interrupted\n"]);
    expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toBe("older");
    expect(readdirSync(cwd).sort()).toEqual(["corpus", "out.jsonl", "pairs.jsonl"]);
  });

  it("tells how far it is on a terminal", async () => {
    const { stderr } = await mine(PAIRS, { terminal: true });
    expect(stderr).toContain("queries mined: 4 of 4 (100 %)");
  });
});
