import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EvaluationReport } from "./evaluation-report.js";
import { renderReport } from "./render-report.js";
import { anyReport } from "./testing/any-report.js";
import { EXAMPLE_FINDINGS, exampleReport } from "./testing/example-report.js";
import { readWellFormed } from "./testing/well-formed.js";

const EMPTY: EvaluationReport = {
  title: "Nothing yet",
  created: "today",
  measures: [],
  collection: { name: "none", documents: 0, queries: 0, judged: 0, grades: "" },
  settings: [],
  systems: [],
  comparisons: [],
  warnings: [],
};

const sections = (page: string) => [...page.matchAll(/<section id="(\w+)">/g)].map((match) => match[1]);

describe("renderReport", () => {
  it("shows every section whose data is there, in this order", () => {
    const page = renderReport({ ...exampleReport(2, 40), findings: EXAMPLE_FINDINGS });
    expect(sections(page)).toEqual([
      "summary",
      "findings",
      "differences",
      "queries",
      "depth",
      "ceiling",
      "reliability",
      "scores",
      "latency",
      "changes",
      "settings",
      "terms",
    ]);
    for (const id of sections(page)) expect(page).toContain(`<a href="#${id}">`);
  });

  it("leaves out the sections whose data is missing", () => {
    expect(sections(renderReport(EMPTY))).toEqual([]);
    expect(sections(renderReport({ ...EMPTY, findings: EXAMPLE_FINDINGS }))).toEqual(["findings"]);
    const { depthCurves, ceiling, reliability, scores, queryTexts, ...report } = exampleReport(1, 20);
    expect(sections(renderReport(report))).toEqual([
      "summary",
      "differences",
      "queries",
      "latency",
      "changes",
      "settings",
      "terms",
    ]);
  });

  it("holds the figures as they were given", () => {
    const report = exampleReport(2, 40);
    const { text } = readWellFormed(renderReport(report));
    for (const system of report.systems) {
      for (const mean of Object.values(system.means)) expect(text).toContain(mean.toFixed(4));
    }
    for (const { wins, losses } of report.comparisons.filter((row) => row.system.includes("MiniLM"))) {
      expect(text).toContain(`${wins}`);
      expect(text).toContain(`${losses}`);
    }
    expect(text).toContain("BM25, k1 = 0.9, b = 0.4, Porter stemmer, 33 stop words");
    expect(text).toContain("7.1 % of candidates were longer than the model reads");
  });

  it("asks for nothing from the network and runs nothing", () => {
    const page = renderReport({ ...exampleReport(3, 60), findings: EXAMPLE_FINDINGS });
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(page).not.toMatch(/https?:|\bsrc=|@import|url\(|<script|<link|\son\w+=/i);
    for (const [href] of page.matchAll(/href="[^"]*"/g)) expect(href).toMatch(/^href="#\w+"$/);
  });

  it("gives every chart a role and words for those who do not see it", () => {
    const page = renderReport(exampleReport(2, 40));
    const charts = [...page.matchAll(/<svg class="chart[^>]*>/g)].map((match) => match[0]);
    expect(charts.length).toBeGreaterThan(10);
    for (const chart of charts) expect(chart).toMatch(/role="img" aria-label="[^"]{20,}"/);
  });

  it("stays small however many queries and systems there are", () => {
    const page = renderReport(exampleReport(8, 3000));
    expect(page.length).toBeLessThan(400_000);
    readWellFormed(page);
  });

  it("gives the same bytes for the same report", () => {
    const report = exampleReport(3, 100);
    expect(renderReport(structuredClone(report))).toBe(renderReport(report));
  });

  it("is well formed, without broken numbers and with nothing of the input as markup, for any report", () => {
    // The elements and attributes of a page that is known to be ours.
    const ours = readWellFormed(renderReport({ ...exampleReport(3, 300), findings: EXAMPLE_FINDINGS }));
    const small = readWellFormed(renderReport(exampleReport(1, 20)));
    const elements = new Set([...ours.elements, ...small.elements]);
    const attributes = new Set([...ours.attributes, ...small.attributes]);
    fc.assert(
      fc.property(anyReport, (report) => {
        const page = renderReport(report);
        expect(page).not.toMatch(/NaN|undefined|Infinity/);
        const contents = readWellFormed(page);
        expect([...contents.elements].filter((name) => !elements.has(name))).toEqual([]);
        expect([...contents.attributes].filter((name) => !attributes.has(name))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
