import { describe, expect, it } from "vitest";
import type { Finding } from "../../evaluate/index.js";
import { findingsJson, formatFindings } from "./format-findings.js";

const plain = { bold: (text: string) => text, dim: (text: string) => text, green: (text: string) => text };
const findings: readonly Finding[] = [
  {
    check: "truncation",
    title: "Truncation",
    verdict: "problem",
    figure: "31.0 % of the candidates are cut",
    figures: { cut: 0.31 },
    text: "The model never sees the end of these documents.",
    advice: "Read them in windows: --windows 256:32.",
  },
  { check: "ties", title: "Ties", verdict: "ok", figure: "0 ties", figures: { ties: 0 }, text: "None." },
];

describe("findings", () => {
  it("read as paragraphs within the width, advice set apart", () => {
    expect(formatFindings(findings, 44, plain)).toBe(
      [
        "✗ Truncation: 31.0 % of the candidates are",
        "  cut",
        "    The model never sees the end of these",
        "    documents.",
        "    → Read them in windows: --windows",
        "      256:32.",
        "",
        "✓ Ties: 0 ties",
        "    None.",
        "",
        "1 problem · 0 notices · 1 fine · 0 not known",
        "",
      ].join("\n"),
    );
  });

  it("are one object a line for programs", () => {
    const lines = findingsJson(findings).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(findings);
  });
});
