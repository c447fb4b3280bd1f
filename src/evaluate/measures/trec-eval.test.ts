import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DATASETS } from "../../files/testing/datasets.js";
import { type MeasureRunOptions, measureRun } from "./measure-run.js";
import { parseMeasure } from "./parse-measure.js";
import { qrelsOf, runOf } from "./testing/trec-text.js";

const root = join(import.meta.dirname, "../../..");
const golden = (name: string) =>
  JSON.parse(gunzipSync(readFileSync(join(root, "goldens/measures", name))).toString("utf8"));

interface Table {
  readonly measures: readonly string[];
  /** Values per measure, by query; `all` holds the means, null stands for nan and for not printed. */
  readonly queries: Readonly<Record<string, readonly (number | null)[]>>;
}

interface GeneratedCase {
  readonly qrels: string;
  readonly run: string;
  readonly expected: Table;
  readonly complete: readonly (number | null)[];
  readonly level2?: Table;
  readonly level2Complete?: readonly (number | null)[];
  readonly judgedOnly?: Table;
}

/** Our measure for trec_eval's at a relevance level. */
function ours(measure: string, rel: number, topics: "common" | "judged") {
  // With -c, 9.0.4 counts all documents of a grade above 0 here, whatever -l says.
  const everyGrade = measure === "num_rel" && topics === "judged";
  return parseMeasure(measure, { rel: everyGrade ? 1 : rel });
}

/** Every value that differs, as text. */
function differences(golden: GeneratedCase, table: Table, rel: number, options: MeasureRunOptions): string[] {
  const measures = table.measures.map((name) => ours(name, rel, options.topics ?? "judged"));
  const measured = measureRun(runOf(golden.run), qrelsOf(golden.qrels), measures, options);
  const found: string[] = [];
  for (const [i, { name }] of measures.entries()) {
    const column = measured.values.get(name) as Float64Array;
    for (const [query, row] of Object.entries(table.queries)) {
      const want = row[i];
      if (want === null || want === undefined) continue;
      const have = query === "all" ? measured.means.get(name) : column[measured.queries.indexOf(query)];
      if (have !== want) found.push(`${name} of ${query}: ${have} instead of ${want}`);
    }
  }
  return found;
}

describe("trec_eval 9.0.4 on generated runs", () => {
  const cases: readonly GeneratedCase[] = golden("generated.json.gz");

  /** The table of means alone. */
  const means = (values: readonly (number | null)[], { expected: { measures } }: GeneratedCase): Table => ({
    measures,
    queries: { all: values },
  });

  it("gives the same doubles for each query and over all", () => {
    const found = cases.flatMap((golden) => differences(golden, golden.expected, 1, { topics: "common" }));
    expect(found).toEqual([]);
  });

  it("gives the same means over all judged queries (-c)", () => {
    const found = cases.flatMap((golden) =>
      differences(golden, means(golden.complete, golden), 1, { topics: "judged" }),
    );
    expect(found).toEqual([]);
  });

  it("gives the same doubles at relevance level 2 (-l 2)", () => {
    const found = cases.flatMap((golden) => {
      if (!golden.level2 || !golden.level2Complete) return [];
      const complete = means(golden.level2Complete, golden);
      return [
        ...differences(golden, golden.level2, 2, { topics: "common" }),
        ...differences(golden, complete, 2, { topics: "judged" }),
      ];
    });
    expect(found).toEqual([]);
  });

  it("gives the same doubles over judged documents only (-J), and 0 where trec_eval prints nan", () => {
    let nan = 0;
    for (const golden of cases) {
      const table = golden.judgedOnly;
      if (!table) continue;
      const options = { topics: "common", judgedOnly: true } as const;
      expect(differences(golden, table, 1, options)).toEqual([]);
      const zeros = Object.entries(table.queries).map(([query, row]) => {
        const zero = row.map((value, i) =>
          value === null && /^(iprec|11pt)/.test(table.measures[i] ?? "") ? 0 : null,
        );
        nan += zero.filter((value) => value === 0).length;
        return [query, query === "all" ? zero.map(() => null) : zero] as const;
      });
      expect(differences(golden, { ...table, queries: Object.fromEntries(zeros) }, 1, options)).toEqual([]);
    }
    expect(nan).toBeGreaterThan(0);
  });
});

const data = join(DATASETS, "test");
const hasData = existsSync(join(data, "trec-dl19/runs"));

describe.skipIf(!hasData)(
  `trec_eval 9.0.4 on TREC Deep Learning${hasData ? "" : ": skipped: no data"}`,
  () => {
    const tables: Readonly<Record<string, Record<string, Record<string, number>>>> =
      golden("trec-dl.json.gz");

    function read(system: string) {
      const [year = "", name = ""] = system.split("/");
      const lines = readFileSync(join(data, year, "qrels/full.tsv"), "utf8")
        .split("\n")
        .slice(1);
      const judgments = lines.map((line) => line.replace(/\t/, "\t0\t")).join("\n");
      return {
        run: runOf(readFileSync(join(data, year, "runs", `${name}.trec`), "utf8")),
        qrels: qrelsOf(judgments),
      };
    }

    it.each(Object.entries(tables))("%s", (system, table) => {
      const { run, qrels } = read(system);
      for (const topics of ["common", "judged"] as const) {
        for (const rel of [1, 2]) {
          const wanted = Object.entries(table[rel === 1 ? topics : `${topics}, rel=2`] ?? {});
          const measures = wanted.map(([name]) => ours(name, rel, topics));
          const { means } = measureRun(run, qrels, measures, { topics });
          const all = wanted.map(([, value], i) => [measures[i]?.name, value] as const);
          expect(Object.fromEntries(means)).toEqual(Object.fromEntries(all));
        }
      }
    });

    it("has BM25 at nDCG@10 .5058 in 2019 and .4796 in 2020", () => {
      const value = (system: string) => {
        const { run, qrels } = read(system);
        return measureRun(run, qrels, [parseMeasure("nDCG@10")])
          .means.get("nDCG@10")
          ?.toFixed(4);
      };
      expect(value("trec-dl19/BM25")).toBe("0.5058");
      expect(value("trec-dl20/BM25")).toBe("0.4796");
    });
  },
);
