import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { share } from "../evidence.js";
import { type ExaminedQuery, rerankedIds } from "../examined-query.js";
import { decimal, percent } from "../format.js";
import { nearlySame, shingles } from "../same-text.js";

const PAGE = 10;

/** One query in twenty that shows a text twice. */
const NOTICEABLE_QUERIES = 0.05;
/** One of ten places on every page taken by something shown already. */
const LARGE_WASTE = 0.1;

/** Equal texts must have equal scores, up to what batches of another shape do to float32. */
const TOLERANCE = 1e-3;

/** How much of what is shown, and of what is scored, is the same text again. */
export const duplicates: Check = {
  id: "duplicates",
  title: "Is the same text shown twice?",
  needs: ["texts"],
  run(context) {
    const same = comparer(context);
    const pages = context.queries.map((query) => {
      const page = rerankedIds(query).slice(0, PAGE);
      return { places: page.length, repeated: repeats(page, same) };
    });
    const scored = context.queries.map((query) => exactCopies(query, context.plainText));
    const candidates = scored.reduce((sum, { candidates }) => sum + candidates, 0);
    const figures = {
      queries: context.queries.length,
      queriesWithRepeats: share(pages.filter(({ repeated }) => repeated > 0).length, pages.length),
      placesWasted: share(
        pages.reduce((sum, { repeated }) => sum + repeated, 0),
        pages.reduce((sum, { places }) => sum + places, 0),
      ),
      copiesAmongCandidates: share(
        scored.reduce((sum, { copies }) => sum + copies, 0),
        candidates,
      ),
      largestScoreGap: scored.reduce((most, { gap }) => Math.max(most, gap), 0),
    };
    return {
      figure: `${percent(figures.placesWasted)} of top-${PAGE} places repeated`,
      figures,
      ...judge(figures),
    };
  },
};

/** Whether two documents are (nearly) the same; makes the shingles of each once. */
function comparer({ plainText }: DoctorContext) {
  const sets = new Map<string, ReadonlySet<string>>();
  const shinglesOf = (id: string, plain: string) => {
    const found = sets.get(id) ?? shingles(plain);
    sets.set(id, found);
    return found;
  };
  return (a: string, b: string): boolean => {
    const [first, second] = [plainText(a), plainText(b)];
    if (first === undefined || second === undefined) return false;
    return first === second || nearlySame(shinglesOf(a, first), shinglesOf(b, second));
  };
}

/** Documents of a page that repeat one above them. */
function repeats(page: readonly string[], nearly: (a: string, b: string) => boolean): number {
  return page.filter((id, place) => page.slice(0, place).some((above) => nearly(above, id))).length;
}

/** Candidates whose exact text was scored already, and the largest difference between scores of one text. */
function exactCopies({ ids, scores }: ExaminedQuery, plain: (id: string) => string | undefined) {
  const first = new Map<string, number>();
  let copies = 0;
  let gap = 0;
  for (const [candidate, id] of ids.entries()) {
    const text = plain(id);
    if (text === undefined) continue;
    const twin = first.get(text);
    if (twin === undefined) first.set(text, candidate);
    else {
      copies++;
      gap = Math.max(gap, Math.abs(scores[candidate]! - scores[twin]!));
    }
  }
  return { candidates: ids.length, copies, gap };
}

function judge(
  figures: {
    readonly [figure in
      | "queriesWithRepeats"
      | "placesWasted"
      | "copiesAmongCandidates"
      | "largestScoreGap"]: number;
  },
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const { queriesWithRepeats, placesWasted, copiesAmongCandidates, largestScoreGap } = figures;
  const text = `${percent(queriesWithRepeats)} of the queries show a text (nearly) twice among the first ${PAGE}, which takes ${percent(placesWasted)} of the places; ${percent(copiesAmongCandidates)} of the candidates are exact copies of another.`;
  const differ =
    largestScoreGap > TOLERANCE
      ? ` Copies differ in score by up to ${decimal(largestScoreGap)}, by case or punctuation or by their place in the batch.`
      : "";
  const advice =
    "Remove copies before re-ranking, keeping the best-placed of each group: pages get more to show, and the model has less to read.";
  if (placesWasted >= LARGE_WASTE) return { verdict: "problem", text: text + differ, advice };
  if (queriesWithRepeats >= NOTICEABLE_QUERIES) return { verdict: "notice", text: text + differ, advice };
  return { verdict: "ok", text: text + differ };
}
