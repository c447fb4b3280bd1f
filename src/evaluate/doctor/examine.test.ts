import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CorpusDocument } from "../collection/collection.js";
import type { QueryOutcome } from "../experiment/query-outcome.js";
import type { Check } from "./check.js";
import { gain } from "./checks/gain.js";
import { orderDependence } from "./checks/order-dependence.js";
import { ties } from "./checks/ties.js";
import { CHECKS } from "./checks.js";
import { examine } from "./examine.js";
import type { DoctorInput } from "./input.js";
import { world } from "./testing/world.js";

const small = { queries: 12, depth: 12 };

describe("examine", () => {
  it("names every check once", () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  });

  it("gives the same findings for the same input and seed", async () => {
    expect(await examine(world(small))).toEqual(await examine(world(small)));
  });

  it("tells its progress check by check", async () => {
    const seen: unknown[] = [];
    await examine(world(small), { checks: [gain, ties], onProgress: (...each) => seen.push(each) });
    expect(seen).toEqual([
      [0, 2, gain.title],
      [1, 2, ties.title],
      [2, 2, ""],
    ]);
  });

  it("goes on after a check that throws", async () => {
    const broken: Check = {
      ...gain,
      id: "broken",
      run() {
        throw new Error("out of luck");
      },
    };
    const findings = await examine(world(small), { checks: [broken, ties] });
    expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
      ["broken", "unknown"],
      ["ties", "ok"],
    ]);
    expect(findings[0]?.text).toContain("out of luck");
  });

  it("takes a probe's scores only when there is one finite score per document", async () => {
    const input = { ...world(small), rescore: async () => [Number.NaN] };
    const [finding] = await examine(input, { checks: [orderDependence] });
    expect(finding).toMatchObject({ verdict: "unknown", text: expect.stringContaining("rescore") });
  });

  it("stops when aborted, between checks and within one", async () => {
    const before = AbortSignal.abort();
    await expect(examine(world(small), { signal: before })).rejects.toMatchObject({ code: "ABORTED" });
    const controller = new AbortController();
    const input: DoctorInput = {
      ...world(small),
      rescore: async (_query, _documents, signal) => {
        controller.abort();
        throw signal?.reason;
      },
    };
    const within = examine(input, { checks: [orderDependence], signal: controller.signal });
    await expect(within).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("counts a query that the first stage could not answer, and no query that was not re-ranked", async () => {
    const input = world({ ...small, queries: 20 });
    const outcomes = new Map(input.outcomes);
    outcomes.delete("q0");
    outcomes.delete("q1");
    const lists = new Map(input.firstStage.lists);
    lists.delete("q0");
    const [finding] = await examine(
      { ...input, outcomes, firstStage: { ...input.firstStage, lists } },
      { checks: CHECKS.filter(({ id }) => id === "recall-ceiling") },
    );
    expect(finding?.figures.queries).toBe(19);
    expect(finding?.figures.queriesWithoutRelevant).toBeCloseTo(1 / 19);
  });
});

/** Worlds at the edge: hardly any queries, documents, judgments or differences. */
const tinyInput: fc.Arbitrary<DoctorInput> = fc
  .record({
    lists: fc.array(
      fc.array(
        fc.record({
          score: fc.constantFrom(0, 1, 1, -3.5, 1e38),
          grade: fc.constantFrom(undefined, -1, 0, 1, 2),
          text: fc.constantFrom("", "a", "a b c", "語".repeat(30), "🙂"),
          seen: fc.integer({ min: 0, max: 3 }),
        }),
        { maxLength: 4 },
      ),
      { maxLength: 3 },
    ),
    counted: fc.boolean(),
    probing: fc.boolean(),
    timed: fc.boolean(),
    scoreScale: fc.constantFrom("logit" as const, "probability" as const, "rank" as const),
    budget: fc.constantFrom(undefined, 1),
    share: fc.constantFrom(undefined, { queries: 0, documents: 1 }),
  })
  .map(({ lists, counted, probing, timed, scoreScale, budget, share }) => {
    const texts = new Map<string, CorpusDocument>();
    const outcomes = new Map<string, QueryOutcome>();
    const qrels = new Map<string, Map<string, number>>();
    for (const [q, list] of lists.entries()) {
      const ids = list.map((_, d) => `d${q}-${d}`);
      const grades = list.flatMap(({ grade }, d) => (grade === undefined ? [] : [[ids[d]!, grade] as const]));
      if (grades.length > 0) qrels.set(`q${q}`, new Map(grades));
      for (const [d, { text }] of list.entries()) texts.set(ids[d]!, { id: ids[d]!, text });
      outcomes.set(`q${q}`, {
        query: `q${q}`,
        ids,
        scores: list.map(({ score }) => score),
        ms: timed ? 2 : 0,
        pairs: timed ? list.length : 0,
        tokens: 0,
        ...(counted && { tokensSeen: list.map(({ seen }) => seen), tokensTotal: list.map(() => 3) }),
        warnings: [],
      });
    }
    return {
      collection: {
        name: "tiny",
        queries: new Map(lists.map((_, q) => [`q${q}`, "a"])),
        qrels,
        documents: async function* () {},
      },
      firstStage: { name: "none", lists: new Map() },
      depth: 4,
      outcomes,
      texts,
      scoreScale,
      latencyBudgetMs: budget,
      unknownTokenShare: share,
      ...(probing && { rescore: async (_query, documents) => documents.map(({ text }) => text.length) }),
    } satisfies DoctorInput;
  });

describe("tiny worlds", () => {
  it("make no check fail, and no figure that is not a finite number", async () => {
    await fc.assert(
      fc.asyncProperty(tinyInput, async (input) => {
        for (const finding of await examine(input)) {
          expect(finding.text).not.toMatch(/failed|NaN|undefined|Infinity/);
          expect(finding.figure).not.toMatch(/NaN|undefined|Infinity/);
          for (const [name, value] of Object.entries(finding.figures)) {
            expect(Number.isFinite(value), `${finding.check} ${name} ${value}`).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
