import { abortedError } from "../../files/aborted-error.js";
import type { Collection, CorpusDocument } from "./collection.js";

export interface PickedDocuments {
  /** By id, in the order of the corpus. */
  readonly documents: ReadonlyMap<string, CorpusDocument>;
  /** Ids that the corpus does not hold, in the order in which they were asked for. */
  readonly missing: readonly string[];
}

/**
 * The documents with these ids, in one pass over the corpus, which ends once all are found.
 *
 * @throws RankwrightError ABORTED, and what `collection.documents()` throws
 */
export async function pickDocuments(
  collection: Pick<Collection, "documents">,
  ids: Iterable<string>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PickedDocuments> {
  const wanted = new Set(ids);
  const documents = new Map<string, CorpusDocument>();
  if (wanted.size > 0) {
    for await (const document of collection.documents()) {
      if (signal?.aborted) throw abortedError(signal);
      if (wanted.has(document.id)) documents.set(document.id, document);
      if (documents.size === wanted.size) break;
    }
  }
  return { documents, missing: [...wanted].filter((id) => !documents.has(id)) };
}
