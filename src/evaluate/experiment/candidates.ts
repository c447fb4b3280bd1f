import { RankwrightError, show, type Warning } from "../../types/index.js";
import type { Collection, CorpusDocument } from "../collection/collection.js";
import { pickDocuments } from "../collection/pick-documents.js";
import { rankList } from "../measures/rank-list.js";
import type { Run } from "../runs/run.js";
import type { QueryCandidates } from "./rerank-queries.js";

export interface CandidatesOptions {
  /** Best candidates of each query that are re-ranked. */
  readonly depth: number;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

/**
 * The texts of the first stage's best candidates, best first, for every query that it answers and that has
 * a text. A document that is the query itself (same id and same text, as in ArguAna) is no candidate.
 *
 * @throws RankwrightError NO_COMMON_QUERIES, INVALID_COLLECTION for candidates that the corpus lacks
 */
export async function collectCandidates(
  collection: Collection,
  firstStage: Run,
  { depth, signal, onWarning }: CandidatesOptions,
): Promise<readonly QueryCandidates[]> {
  const ranked = new Map<string, readonly string[]>();
  const wanted = new Set<string>();
  for (const [query, list] of firstStage.lists) {
    if (!collection.queries.get(query)?.trim()) continue;
    // One more than asked for, in case one is the query itself.
    const ids = rankList(list).slice(0, depth + 1);
    ranked.set(query, ids);
    for (const id of ids) wanted.add(id);
  }
  if (ranked.size === 0) refuseStrangers(collection, firstStage);
  const without = firstStage.lists.size - ranked.size;
  if (without > 0) {
    const message = `${without} of the ${firstStage.lists.size} queries of ${firstStage.name} have no text in ${collection.name}; they are left out`;
    onWarning?.({ code: "queries_left_out", message });
  }
  const { documents, missing } = await pickDocuments(collection, wanted, { signal });
  if (missing.length > 0) refuseUnknown(collection, firstStage, missing);
  return [...ranked].map(([query, ids]) => {
    const text = collection.queries.get(query) as string;
    const found = ids.map((id) => documents.get(id) as CorpusDocument);
    const others = found.filter((document) => !isQuery(document, query, text));
    return { query, text, documents: others.slice(0, depth) };
  });
}

function isQuery(document: CorpusDocument, query: string, text: string): boolean {
  if (document.id !== query) return false;
  const plain = (words: string) => words.replace(/\s+/g, " ").trim();
  const wanted = plain(text);
  return plain(document.text) === wanted || plain(`${document.title ?? ""} ${document.text}`) === wanted;
}

function refuseStrangers(collection: Collection, run: Run): never {
  const [ours] = collection.queries.keys();
  const [theirs] = run.lists.keys();
  throw new RankwrightError(
    "NO_COMMON_QUERIES",
    `the run ${run.name} answers no query of ${collection.name} (its ids look like ${show(theirs)}, the collection's like ${show(ours)}); give the run that belongs to this collection`,
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
