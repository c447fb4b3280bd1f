import { type CycleRate, cycleRate } from "../../../preference/index.js";
import { type JudgeAgreement, judgeAgreement } from "./agreement.js";
import type { JudgedPair } from "./judged-pair.js";
import { type PositionBias, positionBias } from "./position-bias.js";

/** What judging tells about the judges. */
export interface JudgmentReport {
  /** In the order in which they first answered. */
  readonly judges: readonly JudgeReport[];
  /** Of every two judges. */
  readonly agreement: readonly JudgeAgreement[];
  /** Preferences that run in circles, by the majority of all judges. */
  readonly cycles: CycleRate;
}

export interface JudgeReport {
  readonly judge: string;
  readonly bias: PositionBias;
  /** Of this judge alone. */
  readonly cycles: CycleRate;
}

/** Position bias, agreement and 3-cycles of what judges said. */
export function judgmentReport(judged: readonly JudgedPair[]): JudgmentReport {
  const byJudge = new Map<string, JudgedPair[]>();
  for (const pair of judged) {
    const pairs = byJudge.get(pair.judge);
    if (pairs) pairs.push(pair);
    else byJudge.set(pair.judge, [pair]);
  }
  return {
    judges: [...byJudge].map(([judge, pairs]) => ({
      judge,
      bias: positionBias(pairs),
      cycles: cyclesOf(pairs),
    })),
    agreement: judgeAgreement(judged),
    cycles: cyclesOf(judged),
  };
}

function cyclesOf(judged: readonly JudgedPair[]): CycleRate {
  const comparisons = judged.flatMap(({ a, b, probability }) =>
    probability === undefined ? [] : [{ a, b, probability }],
  );
  return comparisons.length === 0 ? { triples: 0, cycles: 0 } : cycleRate(comparisons);
}
