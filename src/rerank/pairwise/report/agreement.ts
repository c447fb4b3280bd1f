import type { JudgedPair } from "./judged-pair.js";

/** How often two judges prefer the same document. */
export interface JudgeAgreement {
  readonly judges: readonly [string, string];
  /** Pairs on which both prefer one of the documents; ties are left out. */
  readonly pairs: number;
  /** Share of them on which it is the same one; absent without pairs. */
  readonly rate?: number | undefined;
}

/** The agreement of every two judges on the pairs that both have judged, in the order in which they first occur. */
export function judgeAgreement(judged: Iterable<JudgedPair>): readonly JudgeAgreement[] {
  const votes = new Map<string, Map<string, number>>();
  for (const pair of judged) {
    const mine = votes.get(pair.judge) ?? new Map<string, number>();
    votes.set(pair.judge, mine);
    const { probability } = pair;
    if (probability === undefined || probability === 0.5) continue;
    const { key, turned } = pairKey(pair);
    mine.set(key, turned ? 1 - probability : probability);
  }
  const judges = [...votes.keys()];
  return judges.flatMap((one, i) => judges.slice(i + 1).map((other) => compare(one, other, votes)));
}

function compare(
  one: string,
  other: string,
  votes: ReadonlyMap<string, ReadonlyMap<string, number>>,
): JudgeAgreement {
  const theirs = votes.get(other)!;
  let [pairs, same] = [0, 0];
  for (const [key, preference] of votes.get(one)!) {
    const vote = theirs.get(key);
    if (vote === undefined) continue;
    pairs++;
    if (vote > 0.5 === preference > 0.5) same++;
  }
  return { judges: [one, other], pairs, ...(pairs > 0 && { rate: same / pairs }) };
}

/** A name for a pair in whichever order, and whether it is this pair turned round. */
function pairKey({ a, b }: Pick<JudgedPair, "a" | "b">): {
  readonly key: string;
  readonly turned: boolean;
} {
  const [first, second] = [JSON.stringify(a), JSON.stringify(b)];
  return first <= second
    ? { key: `${first} ${second}`, turned: false }
    : { key: `${second} ${first}`, turned: true };
}
