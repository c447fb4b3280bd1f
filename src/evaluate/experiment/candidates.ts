import { RankwrightError, show, type Warning } from "../../types/index.js";
import type { Collection, CorpusDocument } from "../collection/collection.js";
import { pickDocuments } from "../collection/pick-documents.js";
import { rankList } from "../measures/rank-list.js";
import type { Run, ScoredList } from "../runs/run.js";
import type { QueryCandidates } from "./rerank-queries.js";

export interface CandidatesOptions {
  /** Best candidates of each query that are re-ranked. */
  readonly depth: number;
  /** Ids of the queries wanted. Default: all that the run answers. */
  readonly queries?: Iterable<string> | undefined;
  /** What to do where the corpus lacks most candidates; fewer are dropped with a warning. Default: `refuse`. */
  readonly absent?: "refuse" | "drop" | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

/**
 * The texts of the first stage's best candidates, best first and with its scores, for every wanted query that it
 * answers and that has a text. A document that is the query itself (same id and same text, as in ArguAna) is no candidate.
 *
 * @throws RankwrightError NO_COMMON_QUERIES; NO_DOCUMENTS where nothing was found for any query;
 *   INVALID_COLLECTION where the corpus lacks most candidates
 */
export async function collectCandidates(
  collection: Collection,
  firstStage: Run,
  { depth, queries, absent = "refuse", signal, onWarning }: CandidatesOptions,
): Promise<readonly QueryCandidates[]> {
  const ranked = new Map<string, readonly string[]>();
  const wanted = new Set<string>();
  let silent = 0;
  for (const query of queries ?? firstStage.lists.keys()) {
    const list = firstStage.lists.get(query);
    if (list === undefined) continue;
    if (!collection.queries.get(query)?.trim()) {
      silent++;
      continue;
    }
    // One more than asked for, in case one is the query itself.
    const ids = rankList(list).slice(0, depth + 1);
    ranked.set(query, ids);
    for (const id of ids) wanted.add(id);
  }
  if (ranked.size === 0) refuseStrangers(collection, firstStage);
  if (wanted.size === 0) throw nothingFound(firstStage);
  if (silent > 0) {
    const message = `${silent} queries of ${firstStage.name} have no text in ${collection.name}; they are left out`;
    onWarning?.({ code: "queries_left_out", message });
  }
  const { documents, missing } = await pickDocuments(collection, wanted, { signal });
  // A few that were deleted since are one thing, another corpus is another.
  if (absent === "refuse" && missing.length > documents.size) refuseUnknown(collection, firstStage, missing);
  if (missing.length > 0) {
    const message = `${missing.length} of the ${wanted.size} candidates are not in the corpus of ${collection.name}; they are left out`;
    onWarning?.({ code: "unknown_documents", message });
  }
  return [...ranked].map(([query, ids]) => {
    const text = collection.queries.get(query) as string;
    const found = ids.map((id) => documents.get(id)).filter((document) => document !== undefined);
    const others = found.filter((document) => !isQuery(document, query, text));
    return { query, text, documents: withScores(others.slice(0, depth), firstStage.lists.get(query)) };
  });
}

function withScores(documents: readonly CorpusDocument[], list: ScoredList | undefined): CorpusDocument[] {
  const wanted = new Set(documents.map(({ id }) => id));
  const scores = new Map<string, number>();
  for (const [i, id] of list?.ids.entries() ?? []) if (wanted.has(id)) scores.set(id, list?.scores[i] ?? 0);
  return documents.map((document) => ({ ...document, score: scores.get(document.id) }));
}

function nothingFound({ name }: Run): RankwrightError {
  const message = `the first stage ${name} found no candidate for any query, so there is nothing to re-rank; check that its language and its analyser are the collection's`;
  return new RankwrightError("NO_DOCUMENTS", message, { field: "run", value: name });
}

function isQuery(document: CorpusDocument, query: string, text: string): boolean {
  if (document.id !== query) return false;
  const plain = (words: string) => words.replace(/\s+/g, " ").trim();
  const wanted = plain(text);
  return plain(document.text) === wanted || plain(`${document.title ?? ""} ${document.text}`) === wanted;
}

function refuseStrangers(collection: Collection, run: Run): never {
  const [ours] = (collection.qrels.size > 0 ? collection.qrels : collection.queries).keys();
  const [theirs] = run.lists.keys();
  const found =
    theirs === undefined
      ? "it is empty"
      : `its ids look like ${show(theirs)}, those of the queries like ${show(ours)}`;
  throw new RankwrightError(
    "NO_COMMON_QUERIES",
    `the run ${run.name} answers no query of ${collection.name}: ${found}; give the run that belongs to this collection`,
    { field: "run", value: theirs },
  );
}

function refuseUnknown(collection: Collection, run: Run, missing: readonly string[]): never {
  throw new RankwrightError(
    "INVALID_COLLECTION",
    `${missing.length} candidates of ${run.name} are not in the corpus of ${collection.name}, such as ${show(missing[0])}; use the corpus that the run was made from`,
    { field: "run", value: missing[0] },
  );
}
