import type { ScoreScale } from "../../../types/index.js";
import { mean, standardDeviation } from "../../statistics/describe.js";
import { quantile } from "../../statistics/quantile.js";
import type { Assessment, Check, Verdict } from "../check.js";
import type { DoctorContext } from "../context.js";
import { largestDistance, stabilityIndex } from "../distribution-distance.js";
import { share } from "../evidence.js";
import { decimal, percent } from "../format.js";

/**
 * Subword vocabularies cover nearly everything in the languages and scripts they were made for: one token in
 * a hundred that they lack is unusual, one in twenty is another language, script or notation.
 */
const UNUSUAL_UNKNOWN = 0.01;
const FOREIGN_UNKNOWN = 0.05;

/** The customary limits of the population stability index. */
const UNSTABLE = 0.1;
const SHIFTED = 0.25;
/** A distribution of fewer scores has too ragged tenths. */
const ENOUGH_SCORES = 100;

/** A probability so close to 0 or 1 that float32 no longer tells it from its neighbours. */
const SATURATED = 1e-7;
const NOTICEABLE_SATURATION = 0.1;

/** Standard deviation within queries under which a model has no opinion, by scale. */
const FLAT: Readonly<Partial<Record<ScoreScale, number>>> = {
  logit: 0.1,
  probability: 0.005,
  similarity: 0.005,
};

/** Whether queries, texts and scores look like what the model was made for. */
export const domainShift: Check = {
  id: "domain-shift",
  title: "Is this the kind of text the model knows?",
  needs: [],
  run(context) {
    const { queries, scoreScale, unknownTokenShare } = context;
    if (queries.length === 0) {
      return { verdict: "unknown", figure: "not measured", figures: {}, text: "There are no candidates." };
    }
    const several = queries.filter(({ scores }) => scores.length > 1);
    const figures: Record<string, number> = {
      ...(several.length > 0 && { spread: mean(several.map(({ scores }) => standardDeviation(scores))) }),
      topOverMedian: mean(queries.map(({ scores }) => quantile(scores, 1) - quantile(scores, 0.5))),
      ...(scoreScale === "probability" && { saturated: saturated(context) }),
      ...(unknownTokenShare && {
        unknownInQueries: unknownTokenShare.queries,
        unknownInDocuments: unknownTokenShare.documents,
      }),
      ...compare(context),
    };
    const symptoms = [unknown(figures), shifted(figures), flat(context, figures), saturation(figures)];
    const found = symptoms.filter((symptom) => symptom !== undefined);
    const compared = unknownTokenShare !== undefined || figures.stabilityIndex !== undefined;
    const { spread } = figures;
    const otherwise =
      spread === undefined ? "not measured" : `score spread ${decimal(spread)} within queries`;
    return { figures, ...judge(found, compared, otherwise) };
  },
};

function saturated({ queries }: DoctorContext): number {
  const scores = queries.flatMap(({ scores }) => scores);
  return share(scores.filter((p) => p < SATURATED || p > 1 - SATURATED).length, scores.length);
}

function compare({ queries, reference }: DoctorContext): Record<string, number> {
  const sample = Float64Array.from(queries.flatMap(({ scores }) => scores)).sort();
  const normal = Float64Array.from(reference?.scores ?? []).sort();
  if (sample.length < ENOUGH_SCORES || normal.length < ENOUGH_SCORES) return {};
  return {
    stabilityIndex: stabilityIndex(sample, normal),
    largestDistance: largestDistance(sample, normal),
  };
}

interface Symptom {
  readonly verdict: Verdict;
  readonly figure: string;
  readonly text: string;
  readonly advice?: string;
}

function unknown({
  unknownInQueries,
  unknownInDocuments,
}: Readonly<Record<string, number>>): Symptom | undefined {
  if (unknownInQueries === undefined || unknownInDocuments === undefined) return undefined;
  const most = Math.max(unknownInQueries, unknownInDocuments);
  const text = `The vocabulary lacks ${percent(unknownInQueries)} of the tokens of queries and ${percent(unknownInDocuments)} of those of documents.`;
  const figure = `${percent(most)} unknown tokens`;
  if (most <= UNUSUAL_UNKNOWN) return { verdict: "ok", figure, text };
  return {
    figure,
    verdict: most > FOREIGN_UNKNOWN ? "problem" : "notice",
    text: `${text} What the vocabulary lacks, the model cannot read.`,
    advice: "Take a model made for this language and notation, such as a multilingual one.",
  };
}

function shifted({
  stabilityIndex: index,
  largestDistance,
}: Readonly<Record<string, number>>): Symptom | undefined {
  if (index === undefined) return undefined;
  const text = `Against the reference the scores have a stability index of ${decimal(index)} (Kolmogorov–Smirnov distance ${decimal(largestDistance!)}).`;
  const figure = `stability index ${decimal(index)}`;
  if (index <= UNSTABLE) return { verdict: "ok", figure, text };
  return {
    figure,
    verdict: index > SHIFTED ? "problem" : "notice",
    text,
    advice:
      "Read the candidates of a few queries: another kind of text, another first stage or another depth shifts scores. Thresholds and calibration from before no longer hold.",
  };
}

function flat(
  { scoreScale }: DoctorContext,
  { spread }: Readonly<Record<string, number>>,
): Symptom | undefined {
  const least = FLAT[scoreScale];
  if (least === undefined || spread === undefined || spread >= least) return undefined;
  return {
    verdict: "notice",
    figure: `score spread ${decimal(spread)} within queries`,
    text: `Within a query scores differ by ${decimal(spread)} (standard deviation): the model has next to no opinion.`,
    advice: "Check that its head was loaded (`rankwright models inspect`), or take another model.",
  };
}

function saturation({ saturated }: Readonly<Record<string, number>>): Symptom | undefined {
  if (saturated === undefined || saturated < NOTICEABLE_SATURATION) return undefined;
  const text = `${percent(saturated)} of the probabilities are 0 or 1 to float32's precision.`;
  const figure = `${percent(saturated)} of scores saturated`;
  return { verdict: "notice", figure, text, advice: "Rank by `--scores logit`." };
}

const SEVERITY: readonly Verdict[] = ["unknown", "ok", "notice", "problem"];

function judge(
  symptoms: readonly Symptom[],
  compared: boolean,
  otherwise: string,
): Pick<Assessment, "verdict" | "figure" | "text" | "advice"> {
  const [worst] = symptoms.toSorted((a, b) => SEVERITY.indexOf(b.verdict) - SEVERITY.indexOf(a.verdict));
  const texts = symptoms.map(({ text }) => text);
  if (!compared) {
    texts.push(
      "To tell whether the model knows this kind of text, give a model with a vocabulary, or `--reference` with a run from where it is known to work.",
    );
  }
  const advice = symptoms.flatMap(({ advice }) => advice ?? []).join(" ");
  return {
    verdict: worst?.verdict ?? "unknown",
    figure: worst?.figure ?? otherwise,
    text: texts.join(" "),
    ...(advice !== "" && { advice }),
  };
}
