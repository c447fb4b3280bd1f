import { parseRanking } from "../../llm/parsing/index.js";
import type { RankingRun } from "./ranking-run.js";

/**
 * Asks for the best `pick` of some documents. Places that the answer leaves open go to those that stand first in `given`.
 *
 * @param shown the order in which the prompt shows them
 */
export async function selectFew(
  run: RankingRun,
  shown: readonly number[],
  given: readonly number[],
  pick: number,
): Promise<readonly number[]> {
  const answer = await run.ask({ positions: shown, pick });
  if (!answer) return given.slice(0, pick);
  const { template } = run;
  const wanted = template.kind === "selection" ? pick : shown.length;
  const ranking = parseRanking(answer, shown.length, { identifiers: template.identifiers, wanted });
  run.note(ranking.class, ranking.named > 0);
  const named = ranking.order.slice(0, Math.min(ranking.named, pick)).map((index) => shown[index]!);
  const others = given.filter((position) => !named.includes(position));
  return [...named, ...others].slice(0, pick);
}
