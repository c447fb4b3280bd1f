import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INT8_BOUNDS } from "../int8-gate/index.js";
import {
  EXAMPLE_FACTS,
  examplePretraining,
  exampleTraining,
  PRETRAINING_FACTS,
} from "../report/testing/example-training.js";
import { plainText } from "./markdown.js";
import { renderModelCard } from "./render-model-card.js";

const report = exampleTraining(40);
const LOCAL = { ...EXAMPLE_FACTS, base: { name: "start", onHub: false } };

const frontMatter = (card: string) => /^---\n([\s\S]*?)\n---\n/.exec(card)?.[1]?.split("\n");

describe("renderModelCard", () => {
  it("tells the hub what it is, and from what", () => {
    expect(frontMatter(renderModelCard(report, { ...EXAMPLE_FACTS, license: "apache-2.0" }))).toEqual([
      "library_name: rankwright",
      "pipeline_tag: text-ranking",
      'base_model: "google/electra-small-discriminator"',
      'license: "apache-2.0"',
      "tags:",
      "- cross-encoder",
      "- reranker",
    ]);
  });

  it("states neither a licence nor a base model that it was not told", () => {
    const card = renderModelCard(report, LOCAL);
    expect(frontMatter(card)?.join()).not.toMatch(/licen[cs]e|base_model/);
    expect(card).not.toMatch(/licen[cs]e/i);
    expect(card).toContain("trained from `start`");
  });

  it("holds data, settings, what was seen and the measured value", () => {
    const card = renderModelCard(report, EXAMPLE_FACTS);
    for (const fact of [
      "triples.jsonl.gz (80,000 examples); clicks.jsonl (8,000 examples, weight 2)",
      "lce: localised contrastive estimation",
      "96,000 examples, 768,000 pairs, 61,440,000 tokens",
      "| Seed | 1 |",
      `nDCG@10 **${report.best!.value.toFixed(4)}**`,
      "held-out.jsonl (1,234 examples)",
      "at most 512 tokens",
    ]) {
      expect(card).toContain(fact);
    }
  });

  it("says so where nothing was measured", () => {
    const { best: _, ...unmeasured } = report;
    const card = renderModelCard(unmeasured, { ...EXAMPLE_FACTS, validation: [] });
    expect(card).toContain("how well the model ranks was not measured");
    expect(card).not.toContain("nDCG");
  });

  it("shows Python of the right head, and none for families that transformers does not know", () => {
    const model = EXAMPLE_FACTS.model;
    const card = (more: Partial<typeof model>) =>
      renderModelCard(report, { ...EXAMPLE_FACTS, model: { ...model, ...more } });
    expect(card({})).toContain("scores = logits[:, 0]\n");
    expect(card({ labels: 2 })).toContain("scores = logits[:, 1] - logits[:, 0]\n");
    expect(card({ modelType: "rankwright" })).toContain("`rankwright` is not in transformers");
    expect(card({ modelType: "rankwright" })).not.toContain("import torch");
  });

  it("tells what int8 costs, and whether it may be used", () => {
    const found = {
      ...{ lists: 200, documents: 2000, spearman: 0.995, kendall: 0.97, weights: "ab", bounds: INT8_BOUNDS },
      ndcg: { float32: 0.7, int8: 0.699 },
    };
    const card = (spearman: number) =>
      renderModelCard(report, { ...EXAMPLE_FACTS, int8: { ...found, spearman } });
    expect(card(0.995)).toContain(
      "may be used; on 200 validation lists against float32: mean Spearman correlation 0.9950, mean Kendall τ-b 0.9700, nDCG@10 0.6990 instead of 0.7000",
    );
    expect(card(0.9)).toContain("use float32, because the mean Spearman correlation is 0.9000, below 0.98;");
  });

  it("says of a model that was pre-trained what it guesses, and that it does not rank", () => {
    const card = renderModelCard(examplePretraining(40), PRETRAINING_FACTS);
    expect(frontMatter(card)).toEqual([
      ...["library_name: rankwright", "pipeline_tag: fill-mask", "tags:", "- masked-language-modelling"],
    ]);
    for (const fact of [
      "trained from scratch (the architecture is that of `tiny.json`)",
      "Cross-entropy **3.1404** nats a masked token; it guessed 38.0\u00A0% of them",
      "768,000 sequences",
      "rankwright train --model ./help-centre-encoder --data",
      "AutoModelForMaskedLM",
    ]) {
      expect(card).toContain(fact);
    }
    expect(card).not.toMatch(/nDCG|ForSequenceClassification|text-ranking/);
    const headless = { ...PRETRAINING_FACTS, model: { ...PRETRAINING_FACTS.model, guesses: false } };
    const { best: _, ...unmeasured } = examplePretraining(40);
    const other = renderModelCard(unmeasured, headless);
    expect(other).toContain("pipeline_tag: feature-extraction");
    expect(other).toContain(" AutoModel,");
    expect(other).toContain("how well the model guesses was not measured");
  });

  it.each([LOCAL, PRETRAINING_FACTS])("keeps its shape whatever names are ($task)", (facts) => {
    const lines = (card: string) => card.split("\n").length;
    const usual = lines(renderModelCard(report, facts));
    const name = fc.oneof(
      fc.constantFrom("a\n---\nlicense: mit", "|", "```\nx", "<img src=x>", "\ud800", "a_b_c.jsonl"),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    fc.assert(
      fc.property(name, name, (name, file) => {
        const data = [{ name: file, weight: 1, examples: 1 }];
        const base = { ...facts.base, name: file };
        const card = renderModelCard(report, { ...facts, name, base, data });
        expect(lines(card)).toBe(usual);
        const rows = card.split("\n").filter((line) => line.startsWith("|"));
        for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g), row).toHaveLength(3);
        expect(card.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("plainText", () => {
  it("leaves ordinary names as they are", () => {
    expect(plainText("a_b-c.jsonl.gz (1,234 examples); 漢字")).toBe("a_b-c.jsonl.gz (1,234 examples); 漢字");
    expect(plainText("a|b <i> _x_")).toBe("a\\|b \\<i\\> \\_x\\_");
  });
});
