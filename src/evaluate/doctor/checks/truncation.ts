import { mean } from "../../statistics/describe.js";
import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { evidence, FEWEST_QUERIES, share } from "../evidence.js";
import type { ExaminedQuery, JudgedExaminedQuery } from "../examined-query.js";
import { decimal, percent, signed } from "../format.js";
import { isRelevant } from "../quality.js";
import { shareBeaten } from "../separation.js";
import { probeWindows } from "../window-probe.js";

/** Where nothing is known about relevance: a fifth of the text unread is worth a look. */
const NOTICEABLE_LOSS = 0.2;

/** Fewer relevant documents cut than one in twenty cannot matter much, whatever was in the rest of them. */
const FEW_CUT = 0.05;

/** How many more of its rivals a relevant document must beat with windows for them to be worth their time. */
const WORTHWHILE_GAIN = 0.05;

/** How many fewer of the others relevant documents beat when they are cut; length alone does some of that. */
const LARGE_HANDICAP = 0.1;

/** How much text was never read, and whether that costs anything. */
export const truncation: Check = {
  id: "truncation",
  title: "Is text cut that matters?",
  needs: ["token counts"],
  async run(context) {
    const figures = countCuts(context);
    const figure = `${percent(figures.candidatesCut!)} of candidates cut`;
    const documents = await judge(context, figures);
    const queries = queryCut(context, figures);
    return { figure, figures, ...(queries ? both(queries, documents) : documents) };
  },
};

type Figures = Record<string, number>;
type Judgement = Pick<Assessment, "verdict" | "text" | "advice">;

function isCut({ outcome }: ExaminedQuery, candidate: number): boolean {
  const seen = outcome?.tokensSeen?.[candidate];
  const total = outcome?.tokensTotal?.[candidate];
  return seen !== undefined && total !== undefined && seen < total;
}

function countCuts({ queries, judged, relevantFrom, texts }: DoctorContext): Figures {
  const all = tally(queries.flatMap((query) => query.ids.map((_, candidate) => ({ query, candidate }))));
  const figures: Figures = {
    candidatesCut: all.cutShare,
    tokensLost: all.tokensLost,
    queriesCut: share(
      queries.filter(({ outcome }) => outcome!.warnings.includes("query_truncated")).length,
      queries.length,
    ),
  };
  if (judged.length === 0) return figures;
  const relevant = tally(
    judged.flatMap((query) =>
      query.ids.flatMap((id, candidate) =>
        isRelevant(query.judged, id, relevantFrom) ? { query, candidate } : [],
      ),
    ),
  );
  figures.relevantCut = relevant.cutShare;
  figures.relevantTokensLost = relevant.tokensLost;
  figures.relevantCandidates = relevant.n;
  figures.textsKnown = share(queries.flatMap(({ ids }) => ids).filter((id) => texts.has(id)).length, all.n);
  return figures;
}

function tally(pairs: readonly { readonly query: ExaminedQuery; readonly candidate: number }[]) {
  let cut = 0;
  let seen = 0;
  let total = 0;
  for (const { query, candidate } of pairs) {
    if (isCut(query, candidate)) cut++;
    seen += query.outcome?.tokensSeen?.[candidate] ?? 0;
    total += query.outcome?.tokensTotal?.[candidate] ?? 0;
  }
  return { n: pairs.length, cutShare: share(cut, pairs.length), tokensLost: share(total - seen, total) };
}

function queryCut({ maxTokens }: DoctorContext, figures: Figures): Judgement | undefined {
  if (figures.queriesCut === 0) return undefined;
  return {
    verdict: figures.queriesCut! >= FEW_CUT ? "problem" : "notice",
    text: `${percent(figures.queriesCut!)} of the queries were cut themselves${maxTokens === undefined ? "" : ` to fit ${maxTokens} tokens`}: the model did not read the whole question.`,
    advice: "Shorten queries to the question, or raise `--max-tokens` where the model allows it.",
  };
}

function both(queries: Judgement, documents: Judgement): Judgement {
  const verdict = [queries, documents].some((each) => each.verdict === "problem") ? "problem" : "notice";
  const advice = [queries.advice, documents.advice].filter((each) => each !== undefined).join(" ");
  return { verdict, text: `${queries.text} ${documents.text}`, advice };
}

async function judge(context: DoctorContext, figures: Figures): Promise<Judgement> {
  const lost = `${percent(figures.candidatesCut!)} of the candidates were cut, ${percent(figures.tokensLost!)} of all tokens were never read.`;
  if (figures.candidatesCut === 0) return { verdict: "ok", text: "Every candidate was read to its end." };
  if (context.judged.length === 0) {
    const text = `${lost} Whether the answers were among them takes judgments.`;
    if (figures.tokensLost! < NOTICEABLE_LOSS) return { verdict: "ok", text };
    return { verdict: "notice", text, advice: "Try `--windows 256:32` and compare the results." };
  }
  const relevant = `${lost} Of the relevant ones ${percent(figures.relevantCut!)} were cut, with ${percent(figures.relevantTokensLost!)} of their tokens.`;
  if (figures.relevantCut! < FEW_CUT) return { verdict: "ok", text: relevant };
  if (context.has("probing") && figures.textsKnown! > 0) {
    const probed = await probe(context, figures, relevant);
    if (probed) return probed;
  }
  return standing(context, figures, relevant);
}

const WINDOWS =
  "`--windows 256:32`: a document then counts by its best passage. Compare with `rankwright evaluate`.";

/** Would windows help? Undefined where too few queries can be probed. */
async function probe(context: DoctorContext, figures: Figures, lost: string): Promise<Judgement | undefined> {
  const probed = await probeWindows(context, isCut);
  figures.queriesProbed = probed.length;
  if (probed.length < FEWEST_QUERIES) return undefined;
  const gain = evidence(
    probed.map(({ before, after }) => after - before),
    context.seed,
  );
  const before = mean(probed.map((each) => each.before));
  figures.windowGain = gain.mean;
  figures.windowGainLower = gain.lower;
  figures.windowGainUpper = gain.upper;
  const text = `${lost} Scored by their best passage, cut relevant documents beat ${percent(before + gain.mean)} of their strongest rivals instead of ${percent(before)} (${probed.length} queries probed).`;
  if (gain.lower > 0 && gain.mean >= WORTHWHILE_GAIN) {
    return { verdict: "problem", text: `${text} What was cut matters.`, advice: WINDOWS };
  }
  return { verdict: "ok", text: `${text} What was cut does not matter here.` };
}

/** Do relevant documents fare worse when they are cut? */
function standing(context: DoctorContext, figures: Figures, lost: string): Judgement {
  const standings = context.judged.flatMap((query) => standingsOf(query, context.relevantFrom));
  const of = (cut: boolean) => standings.filter((each) => each.cut === cut).map(({ beaten }) => beaten);
  const cut = evidence(of(true), context.seed);
  const whole = evidence(of(false), context.seed);
  figures.beatenByCut = cut.mean;
  figures.beatenByWhole = whole.mean;
  if (cut.n < FEWEST_QUERIES || whole.n < FEWEST_QUERIES) {
    const text = `${lost} Too few relevant candidates were ${cut.n < FEWEST_QUERIES ? "cut" : "read whole"} to compare those cut with the others.`;
    return { verdict: "notice", text, advice: `Try ${WINDOWS}` };
  }
  const text = `${lost} Relevant documents that were cut beat ${percent(cut.mean)} of the others of their query, those read whole ${percent(whole.mean)}.`;
  if (whole.mean - cut.mean < LARGE_HANDICAP) {
    return { verdict: "ok", text: `${text} What was cut does not matter here.` };
  }
  const certain = cut.upper < whole.lower;
  const difference = `(${signed(cut.mean - whole.mean)}; intervals ${decimal(cut.lower)} to ${decimal(cut.upper)} and ${decimal(whole.lower)} to ${decimal(whole.upper)})`;
  return { verdict: certain ? "problem" : "notice", text: `${text} ${difference}`, advice: WINDOWS };
}

function standingsOf(query: JudgedExaminedQuery, relevantFrom: number) {
  const relevant = query.ids.map((id) => isRelevant(query.judged, id, relevantFrom));
  const others = Float64Array.from(query.scores.filter((_, candidate) => !relevant[candidate])).sort();
  if (others.length === 0) return [];
  return query.ids.flatMap((_, candidate) =>
    relevant[candidate]
      ? { cut: isCut(query, candidate), beaten: shareBeaten(others, query.scores[candidate]!) }
      : [],
  );
}
