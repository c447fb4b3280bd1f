import { quantile } from "../../statistics/quantile.js";
import { spearman } from "../../statistics/rank-correlation.js";
import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { type Evidence, evidence, FEWEST_QUERIES, share } from "../evidence.js";
import { bestFirst, type ExaminedQuery, rankingAtDepth } from "../examined-query.js";
import { decimal, signed } from "../format.js";
import { probeLength } from "../length-probe.js";
import { isRelevant, quality } from "../quality.js";

/** Documents whose scores and lengths make a correlation; fewer are noise. */
const FEWEST_DOCUMENTS = 10;

/** A medium correlation (Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988). */
const LARGE_CORRELATION = 0.3;

/** What taking the length out of the scores must bring for it to have done harm, in units of the measure. */
const LEAST_HARM = 0.01;

/** Half a standard deviation: past about a fifth of the candidates, for text that says nothing. */
const LARGE_LIFT = 0.5;
/** The least that the lift must surely be: what Cohen calls small. */
const SURE_LIFT = 0.2;

/** Whether length alone moves scores: among documents that are equally relevant it should not. */
export const lengthBias: Check = {
  id: "length-bias",
  title: "Does length sway the scores?",
  needs: ["texts"],
  async run(context) {
    const groups = equallyRelevant(context);
    const correlations = groups.map(({ scores, lengths }) => spearman(scores, lengths) ?? 0);
    const correlation = evidence(correlations, context.seed);
    const slope = slopeWithin(groups);
    const lift = context.has("probing")
      ? evidence(await probeLength(context), context.seed, 0.99)
      : undefined;
    const harm = harmOf(context, slope);
    const figures: Record<string, number> = {
      queries: correlation.n,
      correlation: correlation.mean,
      correlationLower: correlation.lower,
      correlationUpper: correlation.upper,
      scorePerDoubling: slope * Math.LN2,
      ...(harm.n > 0 && { gainWithoutLength: harm.mean, gainWithoutLengthLower: harm.lower }),
      ...(lift && { lift: lift.mean, liftLower: lift.lower, liftUpper: lift.upper, liftQueries: lift.n }),
      ...relevantLength(context),
    };
    const figure = `rank correlation ${signed(correlation.mean)} with length`;
    return { figure, figures, ...judge(context, correlation, harm, lift) };
  },
};

interface Group {
  readonly scores: readonly number[];
  /** Natural logarithms. */
  readonly lengths: readonly number[];
}

/** Per query the candidates that are not relevant, or all of them where relevance is not known. */
function equallyRelevant(context: DoctorContext): Group[] {
  const groups = context.queries.map((query) => {
    const lengths = logLengths(context, query);
    const members = query.ids.flatMap((id, candidate) => {
      const relevant = query.judged && isRelevant(query.judged, id, context.relevantFrom);
      return relevant || lengths[candidate] === undefined ? [] : candidate;
    });
    return {
      scores: members.map((candidate) => query.scores[candidate]!),
      lengths: members.map((candidate) => lengths[candidate]!),
    };
  });
  return groups.filter(({ scores }) => scores.length >= FEWEST_DOCUMENTS);
}

/** Of tokens where they were counted, otherwise of characters; undefined for unknown texts. */
function logLengths({ texts }: DoctorContext, { ids, outcome }: ExaminedQuery): (number | undefined)[] {
  return ids.map((id, candidate) => {
    const document = texts.get(id);
    const length =
      outcome?.tokensTotal?.[candidate] ?? (document && `${document.title ?? ""}${document.text}`.length);
    return length === undefined ? undefined : Math.log(Math.max(length, 1));
  });
}

/** Least squares of score on log length, each group about its own means. */
function slopeWithin(groups: readonly Group[]): number {
  let xy = 0;
  let xx = 0;
  for (const { scores, lengths } of groups) {
    const x = lengths.reduce((sum, value) => sum + value, 0) / lengths.length;
    const y = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    for (const [i, length] of lengths.entries()) {
      xy += (length - x) * (scores[i]! - y);
      xx += (length - x) ** 2;
    }
  }
  return share(xy, xx);
}

/** What the measure would gain if the scores were freed of their trend with length. */
function harmOf(context: DoctorContext, slope: number): Evidence {
  const { judged, measure, depth, seed } = context;
  const differences = judged.map((query) => {
    const lengths = logLengths(context, query);
    const freed = query.scores.map((score, candidate) => score - slope * (lengths[candidate] ?? 0));
    const order = bestFirst(freed);
    return (
      quality(measure, query.judged, rankingAtDepth({ ...query, order }, depth)) -
      quality(measure, query.judged, rankingAtDepth(query, depth))
    );
  });
  return evidence(differences, seed);
}

/** Median length of relevant candidates as a multiple of that of the others. */
function relevantLength(context: DoctorContext): Record<string, number> {
  const relevant: number[] = [];
  const others: number[] = [];
  for (const query of context.judged) {
    for (const [candidate, length] of logLengths(context, query).entries()) {
      if (length === undefined) continue;
      const side = isRelevant(query.judged, query.ids[candidate]!, context.relevantFrom) ? relevant : others;
      side.push(length);
    }
  }
  if (relevant.length === 0 || others.length === 0) return {};
  return { relevantLengthRatio: Math.exp(quantile(relevant, 0.5) - quantile(others, 0.5)) };
}

const REMEDY =
  "Score passages of one size: split long documents with `--windows 256:32`, and use `--aggregate mean` or `top_k` where long ones win by having more passages.";

function judge(
  { judged }: DoctorContext,
  correlation: Evidence,
  harm: Evidence,
  lift: Evidence | undefined,
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const probed = lift && lift.n >= FEWEST_QUERIES;
  if (correlation.n < FEWEST_QUERIES && !probed) {
    const text = `Telling a trend from chance takes ${FEWEST_QUERIES} queries with ${FEWEST_DOCUMENTS} comparable candidates; there are ${correlation.n}.`;
    return { verdict: "unknown", text };
  }
  const trend = `Among candidates that are ${judged.length > 0 ? "not relevant" : "re-ranked"}, score and length have a rank correlation of ${signed(correlation.mean)} within a query (95 % interval ${signed(correlation.lower)} to ${signed(correlation.upper)}).`;
  const appended = probed
    ? ` Neutral text appended to a document moves its score by ${signed(lift.mean)} standard deviations.`
    : "";
  if (probed && lift.lower >= SURE_LIFT && lift.mean >= LARGE_LIFT) {
    return {
      verdict: "problem",
      text: `${trend}${appended} Text that says nothing lifts documents.`,
      advice: REMEDY,
    };
  }
  const certain = correlation.lower > 0 || correlation.upper < 0;
  if (certain && Math.abs(correlation.mean) >= LARGE_CORRELATION) {
    const favoured = `The model favours ${correlation.mean > 0 ? "long" : "short"} documents.`;
    if (harm.lower > 0 && harm.mean >= LEAST_HARM) {
      const text = `${trend}${appended} ${favoured} Without that trend the measure would be ${decimal(harm.mean)} higher.`;
      return { verdict: "problem", text, advice: REMEDY };
    }
    return { verdict: "notice", text: `${trend}${appended} ${favoured}`, advice: REMEDY };
  }
  return { verdict: "ok", text: `${trend}${appended}` };
}
