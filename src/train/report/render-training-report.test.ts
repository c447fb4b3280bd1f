import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWellFormed } from "../../evaluate/report/testing/well-formed.js";
import type { TrainReport } from "../trainer/train.js";
import { renderTrainingReport } from "./render-training-report.js";
import {
  EXAMPLE_FACTS,
  examplePretraining,
  exampleTraining,
  PRETRAINING_FACTS,
} from "./testing/example-training.js";

const sections = (page: string) => [...page.matchAll(/<section id="(\w+)">/g)].map((match) => match[1]);

describe("renderTrainingReport", () => {
  it("shows what was best, the curves, and the facts", () => {
    const report = exampleTraining(40);
    const page = renderTrainingReport(report, EXAMPLE_FACTS);
    expect(sections(page)).toEqual(["validation", "loss", "steps", "facts", "settings", "points"]);
    const { text } = readWellFormed(page);
    expect(text).toContain(
      `best validation nDCG@10 is ${report.best!.value.toFixed(4)}, after 5,800 updates`,
    );
    expect(text).toContain("triples.jsonl.gz (80,000 examples); clicks.jsonl (8,000 examples, weight 2)");
    expect(text).toContain("61,440,000 tokens");
    expect(text).toContain("13,549,313 parameters");
    expect(text).toContain("0.00002, linear, warm-up over 10 % of the training");
    for (const { loss } of report.curve) expect(text).toContain(loss.toFixed(4));
  });

  it("does without validation, and with a single point or none", () => {
    const { best: _, ...report } = exampleTraining(1);
    const curve = report.curve.map(({ validation: _, ...point }) => point);
    const facts = { ...EXAMPLE_FACTS, validation: [] };
    const one = renderTrainingReport({ ...report, curve }, facts);
    expect(sections(one)).toEqual(["loss", "steps", "facts", "settings", "points"]);
    expect(readWellFormed(one).text).toContain("Nothing was held out, so the last weights were kept");
    expect(sections(renderTrainingReport({ ...report, curve: [] }, facts))).toEqual(["facts", "settings"]);
  });

  it("speaks of a held-out loss and of words guessed right where a model was pre-trained", () => {
    const report = examplePretraining(40);
    const page = renderTrainingReport(report, PRETRAINING_FACTS);
    expect(sections(page)).toEqual([
      ...["validation", "loss", "accuracy", "steps", "facts", "settings", "points"],
    ]);
    const { text } = readWellFormed(page);
    expect(text).toContain("Pre-training help-centre-encoder");
    expect(text).toContain("from scratch, architecture tiny.json");
    expect(text).toContain("The best held-out loss is 3.1404, after 8,000 updates");
    expect(text).toContain("768,000 sequences");
    expect(text).toMatch(/guessed.*held-out loss.*held out, guessed/);
    expect(text).toContain("0.3800");
    expect(page).not.toMatch(/nDCG@10|[0-9] pairs/);
  });

  it("draws every curve for wide and narrow screens, and says it in words", () => {
    const page = renderTrainingReport(exampleTraining(40), EXAMPLE_FACTS);
    const charts = [...page.matchAll(/<svg class="chart"[^>]*width="(\d+)"[^>]*aria-label="([^"]*)"/g)];
    expect(charts.map((chart) => Number(chart[1]))).toEqual([720, 344, 720, 344, 344, 344]);
    expect(charts[0]?.[2]).toMatch(
      /^nDCG@10 against updates: 0\.\d{4} after 200, .*, best 0\.\d{4} after 5,800\.$/,
    );
    expect(page).toContain("learning rate, × 10⁻⁵");
    expect(page).toMatch(/best 0\.\d{4}<\/text>/);
  });

  it("asks for nothing from the network and runs nothing", () => {
    const page = renderTrainingReport(exampleTraining(40), EXAMPLE_FACTS);
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(page).not.toMatch(/https?:|\bsrc=|@import|url\(|<script|<link|\son\w+=/i);
  });

  it("stays small after however many validations, and keeps the first and the last point", () => {
    const page = renderTrainingReport(exampleTraining(20_000), EXAMPLE_FACTS);
    expect(page.length).toBeLessThan(400_000);
    expect(readWellFormed(page).text).toContain("4,000,000");
  });

  it("is well formed, without broken numbers and with nothing of the input as markup", () => {
    const ours = readWellFormed(
      renderTrainingReport({ ...exampleTraining(40), warnings: ["new head"] }, EXAMPLE_FACTS),
    );
    const text = fc.oneof(
      fc.constantFrom("<script>alert(1)</script>", "\"><img src=x onerror='1'>", "\u0000\ud800", "a & b"),
      fc.string({ unit: "binary", maxLength: 20 }).filter((value) => !/NaN|undefined|Infinity/.test(value)),
    );
    const number = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double(), fc.nat());
    const point = fc.record({
      step: fc.oneof(fc.nat(), number),
      loss: number,
      learningRate: number,
      gradientNorm: number,
      validation: fc.option(number, { nil: undefined }),
    });
    const report: fc.Arbitrary<TrainReport> = fc.record({
      steps: fc.nat(),
      curve: fc.array(point, { maxLength: 70 }),
      best: fc.option(fc.record({ step: fc.nat(), value: number }), { nil: undefined }),
      seen: fc.record({ examples: fc.nat(), pairs: fc.nat(), tokens: fc.nat() }),
      trainedMs: fc.nat(),
      ended: fc.constantFrom("done", "steps", "patience"),
      warnings: fc.array(text, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(report, text, text, (report, name, file) => {
        const base = { name: file, onHub: false, untrained: report.steps % 2 === 0 };
        const facts = { ...EXAMPLE_FACTS, base, name, data: [{ name: file, weight: 1, examples: 1 }] };
        const page = renderTrainingReport(report, facts);
        expect(page).not.toMatch(/NaN|undefined|Infinity/);
        const contents = readWellFormed(page);
        expect([...contents.elements].filter((name) => !ours.elements.has(name))).toEqual([]);
        expect([...contents.attributes].filter((name) => !ours.attributes.has(name))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
