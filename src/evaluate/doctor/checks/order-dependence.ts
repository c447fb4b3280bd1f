import { Random } from "../../../numbers/random.js";
import { standardDeviation } from "../../statistics/describe.js";
import type { Assessment, Check } from "../check.js";
import type { DoctorContext } from "../context.js";
import { share } from "../evidence.js";
import { bestFirst, type ExaminedQuery } from "../examined-query.js";
import { percent } from "../format.js";

/** Limits of what the model is run for: twice this many documents. */
const QUERIES = 5;
const DOCUMENTS = 30;

const PAGE = 10;

/**
 * What float32 in batches of another shape may change, in standard deviations of the query's scores, or as
 * it stands where those are below 1.
 */
const TOLERANCE = 1e-3;

/** Whether a document's score depends on its neighbours: the same candidates, forwards and backwards. */
export const orderDependence: Check = {
  id: "order-dependence",
  title: "Does a score depend on the other candidates' order?",
  needs: ["probing", "texts"],
  async run(context) {
    const drawn = new Random(context.seed).shuffle([...context.queries]).slice(0, QUERIES);
    const probed: Probed[] = [];
    for (const query of drawn) {
      const result = await probe(context, query);
      if (result) probed.push(result);
    }
    if (probed.length === 0) {
      const text = "No query has two candidates to compare.";
      return { verdict: "unknown", figure: "not measured", figures: {}, text };
    }
    const figures = {
      queriesProbed: probed.length,
      largestChange: Math.max(...probed.map(({ change }) => change)),
      pagesChanged: share(probed.filter(({ pageChanged }) => pageChanged).length, probed.length),
    };
    const figure = `scores change by up to ${size(figures.largestChange)}`;
    return { figure, figures, ...judge(figures) };
  },
};

interface Probed {
  /** In standard deviations of the scores, or as it stands where those are below 1. */
  readonly change: number;
  readonly pageChanged: boolean;
}

async function probe({ texts, rescore }: DoctorContext, query: ExaminedQuery): Promise<Probed | undefined> {
  const documents = query.ids.flatMap((id) => texts.get(id) ?? []).slice(0, DOCUMENTS);
  if (documents.length < 2) return undefined;
  const forwards = await rescore!(query.text, documents);
  const backwards = (await rescore!(query.text, documents.toReversed())).reverse();
  const unit = Math.max(1, standardDeviation(forwards));
  const change = forwards.reduce(
    (most, score, i) => Math.max(most, Math.abs(score - backwards[i]!) / unit),
    0,
  );
  const page = bestFirst(forwards).slice(0, PAGE);
  const other = bestFirst(backwards);
  return { change, pageChanged: page.some((candidate, place) => candidate !== other[place]) };
}

function size(change: number): string {
  return String(Number(change.toPrecision(2)));
}

function judge(
  figures: {
    readonly [figure in "queriesProbed" | "largestChange" | "pagesChanged"]: number;
  },
): Pick<Assessment, "verdict" | "text" | "advice"> {
  const { queriesProbed, largestChange, pagesChanged } = figures;
  const text = `Scored in reverse order, the same candidates of ${queriesProbed} queries change their scores by up to ${size(largestChange)} (1 is a standard deviation), and ${percent(pagesChanged)} of the queries their first ${PAGE}.`;
  if (largestChange <= TOLERANCE) return { verdict: "ok", text };
  const advice =
    "Compare `--precision float32` with what is used now. A pointwise model that still depends on the order reads padding or neighbours: report it. For listwise models average several orders.";
  return { verdict: pagesChanged >= 0.5 ? "problem" : "notice", text, advice };
}
