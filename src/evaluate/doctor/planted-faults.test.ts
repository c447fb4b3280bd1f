import { describe, expect, it } from "vitest";
import type { Finding, Verdict } from "./check.js";
import { examine } from "./examine.js";
import type { DoctorInput } from "./input.js";
import { type WorldOptions, world } from "./testing/world.js";

const SEEDS = [11, 12];

interface PlantedFault {
  readonly fault: string;
  readonly options: WorldOptions;
  readonly found: string;
  readonly verdict?: Verdict;
  /** Checks that speak up with good reason: the fault shows there too. */
  readonly also?: readonly string[];
}

const FAULTS: readonly PlantedFault[] = [
  {
    fault: "half of the relevant documents removed from the first stage",
    options: { missed: 0.5 },
    found: "recall-ceiling",
    also: ["gain"],
  },
  {
    fault: "answers beyond the token limit",
    options: { long: { share: 0.5, answer: "end" } },
    found: "truncation",
    also: ["gain", "depth", "domain-shift"],
  },
  {
    fault: "a number of its own added to all scores of each query",
    options: { offsets: 4 },
    found: "calibration",
    also: ["domain-shift"],
  },
  {
    fault: "scores of each query dealt out again at random",
    options: { shuffled: true },
    found: "gain",
    also: ["depth"],
  },
  {
    fault: "a model that reads no sense into anything",
    options: { sense: 0 },
    found: "gain",
    also: ["depth", "domain-shift"],
  },
  { fault: "every good document twice", options: { copies: 1 }, found: "duplicates" },
  {
    fault: "documents far down that the model loves for no reason",
    options: { lures: 0.1 },
    found: "depth",
    also: ["gain"],
  },
  {
    fault: "judges who saw the first stage's top only",
    options: { pool: "first stage" },
    found: "judgment-coverage",
  },
  {
    fault: "long documents favoured",
    options: { lengthBias: 1.5 },
    found: "length-bias",
    also: ["gain", "depth"],
  },
  {
    fault: "places in the batch that add to the score",
    options: { placeBias: 0.02 },
    found: "order-dependence",
    also: ["depth", "domain-shift"],
  },
  {
    fault: "batches that change scores by a little",
    options: { placeBias: 0.0002 },
    found: "order-dependence",
    verdict: "notice",
  },
  { fault: "scores rounded to a few values", options: { grain: 2 }, found: "ties", also: ["domain-shift"] },
  {
    fault: "one score for everything",
    options: { grain: 1000 },
    found: "ties",
    also: ["gain", "domain-shift"],
  },
  { fault: "a model forty times slower", options: { slowness: 40 }, found: "latency" },
  { fault: "another language", options: { unknownTokens: 0.08 }, found: "domain-shift" },
  { fault: "unusual words", options: { unknownTokens: 0.03 }, found: "domain-shift", verdict: "notice" },
];

function raised(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict === "problem" || verdict === "notice")
    .map(({ check }) => check);
}

function verdictOf(findings: readonly Finding[], check: string): Verdict | undefined {
  return findings.find((finding) => finding.check === check)?.verdict;
}

/** The least that an examination may be given: no judgments, no probing, nothing of the model's. */
function bare(input: DoctorInput): DoctorInput {
  const { collection, firstStage, depth, outcomes, texts, scoreScale } = input;
  return { collection: { ...collection, qrels: new Map() }, firstStage, depth, outcomes, texts, scoreScale };
}

describe("a healthy world", () => {
  it.each([...SEEDS, 13, 14, 15])("gives no finding but ok (seed %i)", async (seed) => {
    const findings = await examine(world({ seed }));
    expect(findings.filter(({ verdict }) => verdict !== "ok")).toEqual([]);
  });

  it.each(SEEDS)("is ok where cut text does not matter (seed %i)", async (seed) => {
    const input = world({ seed, long: { share: 0.5, answer: "start" } });
    expect(raised(await examine(input))).toEqual([]);
    const { rescore, ...unprobed } = input;
    const findings = await examine(unprobed);
    expect(raised(findings)).toEqual([]);
    const cut = findings.find(({ check }) => check === "truncation");
    expect(cut).toMatchObject({ verdict: "ok" });
    expect(cut?.figures.candidatesCut).toBeGreaterThan(0.3);
  });

  it("without judgments and probing is unknown where they are needed, and ok elsewhere", async () => {
    const findings = await examine(bare(world()));
    const by = (wanted: Verdict) =>
      findings.filter(({ verdict }) => verdict === wanted).map(({ check }) => check);
    expect(by("ok")).toEqual(["truncation", "latency", "length-bias", "duplicates", "ties"]);
    expect(by("unknown")).toEqual([
      "gain",
      "recall-ceiling",
      "depth",
      "calibration",
      "domain-shift",
      "order-dependence",
      "judgment-coverage",
    ]);
  });
});

describe.each(FAULTS)("$fault", ({ options, found, verdict = "problem", also = [] }) => {
  it.each(SEEDS)(`is found by ${found} and by no check without reason (seed %i)`, async (seed) => {
    const findings = await examine(world({ seed, ...options }));
    expect(verdictOf(findings, found)).toBe(verdict);
    expect(raised(findings).filter((check) => check !== found && !also.includes(check))).toEqual([]);
    const finding = findings.find(({ check }) => check === found);
    expect(finding?.advice).toMatch(/\.$/);
  });
});

describe("with less than everything", () => {
  it("answers beyond the limit are found without probing", async () => {
    const { rescore, ...input } = world({ long: { share: 0.5, answer: "end" } });
    expect(verdictOf(await examine(input), "truncation")).toBe("problem");
  });

  it("much cut text is a notice without judgments", async () => {
    const findings = await examine(bare(world({ long: { share: 0.5, answer: "end" } })));
    expect(verdictOf(findings, "truncation")).toBe("notice");
  });

  it("length bias, copies and ties are found without judgments", async () => {
    for (const [options, check, verdict] of [
      [{ lengthBias: 1.5 }, "length-bias", "notice"],
      [{ copies: 1 }, "duplicates", "problem"],
      [{ grain: 2 }, "ties", "problem"],
    ] as const) {
      const findings = await examine(bare(world(options)));
      expect(raised(findings)).toEqual([check]);
      expect(verdictOf(findings, check)).toBe(verdict);
    }
  });

  it("length bias is found by neutral text alone", async () => {
    const { collection, ...input } = world({ lengthBias: 3 });
    const findings = await examine({ ...input, collection: { ...collection, qrels: new Map() } });
    expect(verdictOf(findings, "length-bias")).toBe("problem");
  });

  it("a recall that depth brings back is answered with a depth, another one with other candidates", async () => {
    const adviceFor = async (input: DoctorInput) =>
      (await examine(input)).find(({ check }) => check === "recall-ceiling")?.advice;
    expect(await adviceFor(world({ depth: 5 }))).toMatch(/`--depth 20`|`--depth 10`/);
    expect(await adviceFor(world({ missed: 0.5 }))).toMatch(/--run/);
  });
});
