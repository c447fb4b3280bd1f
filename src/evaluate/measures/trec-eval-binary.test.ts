import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { formatValue } from "./format-value.js";
import { measureRun } from "./measure-run.js";
import { parseMeasure } from "./parse-measure.js";
import { qrelsOf, runOf } from "./testing/trec-text.js";

const binary = process.env.TREC_EVAL;
const wanted = [
  "map",
  "P",
  "recall",
  "ndcg",
  "ndcg_cut",
  "recip_rank",
  "Rprec",
  "bpref",
  "infAP",
  "success",
  "set_F",
];

describe.skipIf(!binary)(`the trec_eval in TREC_EVAL${binary ? "" : ": skipped: not set"}`, () => {
  it("prints the same digits for generated runs", () => {
    const archive = join(import.meta.dirname, "../../../goldens/measures/generated.json.gz");
    const cases: readonly { readonly qrels: string; readonly run: string }[] = JSON.parse(
      gunzipSync(readFileSync(archive)).toString("utf8"),
    );
    const folder = mkdtempSync(join(tmpdir(), "trec-eval-"));
    const [qrels, run] = [join(folder, "qrels"), join(folder, "run")];
    try {
      for (const golden of cases) {
        writeFileSync(qrels, golden.qrels);
        writeFileSync(run, golden.run);
        const options = ["-q", ...wanted.flatMap((name) => ["-m", name]), qrels, run];
        const printed = execFileSync(binary as string, options, { encoding: "utf8" });
        for (const line of printed.trimEnd().split("\n")) {
          const [name = "", query = "", value = ""] = line.split("\t").map((field) => field.trim());
          const measure = parseMeasure(name);
          const topics = { topics: "common" } as const;
          const { queries, values, means } = measureRun(
            runOf(golden.run),
            qrelsOf(golden.qrels),
            [measure],
            topics,
          );
          const row = values.get(measure.name) as Float64Array;
          const ours = query === "all" ? means.get(measure.name) : row[queries.indexOf(query)];
          expect(`${line.slice(0, 40)} ${formatValue(measure, ours as number)}`).toBe(
            `${line.slice(0, 40)} ${value}`,
          );
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
