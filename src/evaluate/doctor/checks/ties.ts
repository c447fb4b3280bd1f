import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { share } from "../evidence.js";
import type { ExaminedQuery } from "../examined-query.js";
import { percent } from "../format.js";

const PAGE = 10;

/** One place in fifty whose holder the model did not choose. */
const NOTICEABLE_TIES = 0.02;
/** Two of ten places. */
const LARGE_TIES = 0.2;
/** Queries to whose candidates the model gives one and the same score. */
const MANY_CONSTANT = 0.1;

/** Whether different texts get equal scores, so that the order between them is not the model's. */
export const ties: Check = {
  id: "ties",
  title: "Does every document get a score of its own?",
  needs: [],
  run(context) {
    const queries = context.queries.filter(({ ids }) => ids.length > 1);
    if (queries.length === 0) {
      const text = "No query has two candidates to compare.";
      return { verdict: "unknown", figure: "not measured", figures: {}, text };
    }
    const counted = queries.map((query) => countTies(context, query));
    const sum = (value: (count: Ties) => number) => counted.reduce((total, count) => total + value(count), 0);
    const figures = {
      queries: queries.length,
      candidatesTied: share(
        sum(({ tied }) => tied),
        sum(({ candidates }) => candidates),
      ),
      placesTied: share(
        sum(({ placesTied }) => placesTied),
        sum(({ places }) => places),
      ),
      queriesConstant: share(
        sum(({ constant }) => (constant ? 1 : 0)),
        queries.length,
      ),
    };
    return {
      figure: `${percent(figures.placesTied)} of top-${PAGE} places tied`,
      figures,
      ...judge(figures),
    };
  },
};

interface Ties {
  readonly candidates: number;
  readonly places: number;
  /** Candidates with the score of another text. */
  readonly tied: number;
  /** Those of them among the first `PAGE`. */
  readonly placesTied: number;
  readonly constant: boolean;
}

function countTies({ plainText }: DoctorContext, { ids, scores, order }: ExaminedQuery): Ties {
  const textsOf = new Map<number, Set<string>>();
  for (const [candidate, id] of ids.entries()) {
    // Unknown texts are taken to differ.
    const text = plainText(id) ?? `\0${id}`;
    const score = scores[candidate]!;
    textsOf.set(score, (textsOf.get(score) ?? new Set()).add(text));
  }
  const isTied = (candidate: number) => textsOf.get(scores[candidate]!)!.size > 1;
  const page = order.slice(0, PAGE);
  return {
    candidates: ids.length,
    places: page.length,
    tied: order.filter(isTied).length,
    placesTied: page.filter(isTied).length,
    constant: textsOf.size === 1 && isTied(0),
  };
}

function judge(
  figures: {
    readonly [figure in "candidatesTied" | "placesTied" | "queriesConstant"]: number;
  },
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const { candidatesTied, placesTied, queriesConstant } = figures;
  const text = `${percent(candidatesTied)} of the candidates share their score with another text, and ${percent(placesTied)} of the first ${PAGE} places; for ${percent(queriesConstant)} of the queries all candidates have one score. Among equal scores the first stage decides.`;
  const advice =
    queriesConstant >= MANY_CONSTANT
      ? "A model that gives everything one score was not loaded rightly, or a softmax was taken over its single output: see `rankwright models inspect`."
      : "Scores that were rounded, or pressed to 0 and 1, lose their order: rank by `--scores logit` and `--precision float32`.";
  if (queriesConstant >= MANY_CONSTANT || placesTied >= LARGE_TIES)
    return { verdict: "problem", text, advice };
  if (placesTied >= NOTICEABLE_TIES) return { verdict: "notice", text, advice };
  return { verdict: "ok", text };
}
