import { describe, expect, it } from "vitest";
import type { QueryOutcome } from "../experiment/query-outcome.js";
import type { Check, Finding } from "./check.js";
import { calibration } from "./checks/calibration.js";
import { depth } from "./checks/depth.js";
import { domainShift } from "./checks/domain-shift.js";
import { duplicates } from "./checks/duplicates.js";
import { gain } from "./checks/gain.js";
import { judgmentCoverage } from "./checks/judgment-coverage.js";
import { latency } from "./checks/latency.js";
import { recallCeiling } from "./checks/recall-ceiling.js";
import { truncation } from "./checks/truncation.js";
import { examine } from "./examine.js";
import type { DoctorInput } from "./input.js";
import { world } from "./testing/world.js";

const healthy = world();

async function run(check: Check, changes: Partial<DoctorInput>): Promise<Finding> {
  const [finding] = await examine({ ...healthy, ...changes }, { checks: [check] });
  return finding!;
}

function withOutcomes(change: (outcome: QueryOutcome, q: number) => Partial<QueryOutcome>) {
  const changed = [...healthy.outcomes.values()].map((outcome, q) => ({ ...outcome, ...change(outcome, q) }));
  return { outcomes: new Map(changed.map((outcome) => [outcome.query, outcome])) };
}

/** Judgments of the healthy world, one by one. */
function withGrades(change: (grade: number, query: string) => number | undefined) {
  const qrels = [...healthy.collection.qrels].map(([query, grades]) => {
    const kept = [...grades].flatMap(([id, grade]) => {
      const changed = change(grade, query);
      return changed === undefined ? [] : [[id, changed] as const];
    });
    return [query, new Map(kept)] as const;
  });
  return { collection: { ...healthy.collection, qrels: new Map(qrels) } };
}

describe("few judged queries", () => {
  const few = withGrades((grade, query) => (Number(query.slice(1)) < 5 ? grade : undefined));

  it("are no ground for a verdict on means, but their figures are shown", async () => {
    for (const check of [gain, depth, calibration, judgmentCoverage]) {
      const finding = await run(check, few);
      expect(finding).toMatchObject({ check: check.id, verdict: "unknown", figures: { queries: 5 } });
    }
  });

  it("make a low ceiling a notice rather than a problem", async () => {
    const input = world({ missed: 0.9 });
    const queries = [...input.collection.queries.keys()].slice(0, 8);
    expect(await run(recallCeiling, { ...input, queries })).toMatchObject({ verdict: "notice" });
  });
});

describe("gain", () => {
  it("is a notice, with the queries it would take, where the interval holds 0", async () => {
    // Only three queries are re-ranked: better, but too few to prove it.
    const slight = withOutcomes(({ ids, scores }, q) =>
      q < 3 ? { scores } : { scores: ids.map((_, i) => -i) },
    );
    const finding = await run(gain, slight);
    expect(finding.verdict).toBe("notice");
    expect(finding.figures.ties).toBeGreaterThanOrEqual(47);
  });

  it("is unknown where no order could be better than another", async () => {
    const input = world({ missed: 1 });
    expect(await run(gain, input)).toMatchObject({ verdict: "unknown" });
  });
});

describe("truncation", () => {
  it("speaks of queries that were cut, and of documents all the same", async () => {
    const cut = (share: number) =>
      withOutcomes((_, q) => (q < share * 50 ? { warnings: ["query_truncated"] } : {}));
    expect(await run(truncation, cut(0.5))).toMatchObject({
      verdict: "problem",
      figures: { queriesCut: 0.5 },
    });
    const few = await run(truncation, cut(0.02));
    expect(few).toMatchObject({
      verdict: "notice",
      text: expect.stringContaining("Every candidate was read"),
    });
  });

  it("is unknown where the model does not count tokens", async () => {
    const uncounted = withOutcomes(() => ({ tokensSeen: undefined, tokensTotal: undefined }));
    expect(await run(truncation, uncounted)).toMatchObject({ verdict: "unknown" });
  });
});

describe("latency", () => {
  it("without a budget answers the usual ones, and takes note of seconds", async () => {
    const finding = await run(latency, { latencyBudgetMs: undefined });
    expect(finding.verdict).toBe("ok");
    expect(Object.keys(finding.figures)).toContain("depthWithin200ms");
    const slow = { ...withOutcomes(({ ms }) => ({ ms: ms * 250 })), latencyBudgetMs: undefined };
    const warned = await run(latency, slow);
    expect(warned).toMatchObject({ verdict: "notice", advice: expect.stringContaining("--depth") });
  });

  it("names a depth that fits the budget", async () => {
    const finding = await run(latency, { latencyBudgetMs: 4 });
    expect(finding.verdict).toBe("problem");
    const fits = finding.figures.depthWithin4ms!;
    expect(fits).toBeGreaterThan(0);
    expect(fits).toBeLessThan(50);
    expect(finding.advice).toContain(`--depth ${fits}`);
  });

  it("is unknown where every score came from a cache", async () => {
    expect(
      await run(
        latency,
        withOutcomes(() => ({ pairs: 0 })),
      ),
    ).toMatchObject({ verdict: "unknown" });
  });
});

describe("calibration", () => {
  it("tells that ranks are no ground for a threshold", async () => {
    expect(await run(calibration, { scoreScale: "rank" })).toMatchObject({ verdict: "notice" });
  });
});

describe("domain shift", () => {
  it("sees probabilities that are all but 0 and 1", async () => {
    const pressed = withOutcomes(({ scores }) => ({
      scores: scores.map((score) => 1 / (1 + Math.exp(-20 * score))),
    }));
    const finding = await run(domainShift, { ...pressed, scoreScale: "probability", reference: undefined });
    expect(finding).toMatchObject({ verdict: "notice", advice: expect.stringContaining("--scores logit") });
  });

  it("sees scores that hardly differ, and scores of another distribution than the reference's", async () => {
    const flat = withOutcomes(({ scores }) => ({ scores: scores.map((score) => score / 100) }));
    expect(await run(domainShift, { ...flat, reference: undefined })).toMatchObject({ verdict: "notice" });
    const moved = withOutcomes(({ scores }) => ({ scores: scores.map((score) => score + 2) }));
    expect(await run(domainShift, moved)).toMatchObject({ verdict: "problem" });
  });
});

describe("duplicates", () => {
  it("are measured in the reranked order, near ones too", async () => {
    const texts = new Map(healthy.texts);
    for (const { ids, scores } of healthy.outcomes.values()) {
      const best = ids[scores.indexOf(Math.max(...scores))]!;
      const second = ids[scores.indexOf(scores.toSorted((a, b) => b - a)[1]!)]!;
      texts.set(second, { id: second, text: `${texts.get(best)!.text}!` });
    }
    const finding = await run(duplicates, { texts });
    expect(finding.figures.queriesWithRepeats).toBe(1);
    expect(finding.figures.placesWasted).toBeCloseTo(0.1);
    expect(finding).toMatchObject({ verdict: "problem", text: expect.stringContaining("differ in score") });
  });
});

describe("judgment coverage", () => {
  it("is unknown where judgments name relevant documents only", async () => {
    const positive = withGrades((grade) => (grade > 0 ? grade : undefined));
    expect(await run(judgmentCoverage, positive)).toMatchObject({ verdict: "unknown" });
  });
});

describe("a higher lowest relevant grade", () => {
  it("changes what counts as relevant", async () => {
    const usual = await run(recallCeiling, {});
    const strict = await run(recallCeiling, { relevantFrom: 2 });
    expect(strict.figures.queries).toBeLessThan(usual.figures.queries!);
  });
});
