import { judgedQueries } from "../../evaluate/collection/judged-queries.js";
import { type Collection, pickDocuments } from "../../evaluate/index.js";
import type { TrainingExample } from "../example.js";

/**
 * The judgments of a collection as examples: each judged query with its judged documents and their grades
 * (negative ones count as 0). Queries none of whose documents the corpus holds are left out.
 *
 * @throws RankwrightError ABORTED, and what the collection throws
 */
export async function* collectionExamples(
  collection: Collection,
  options: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<TrainingExample> {
  const queries = judgedQueries(collection);
  const ids = new Set([...queries.keys()].flatMap((id) => [...(collection.qrels.get(id)?.keys() ?? [])]));
  const { documents: texts } = await pickDocuments(collection, ids, options);
  for (const [id, query] of queries) {
    const judged = [...(collection.qrels.get(id) ?? [])].filter(([document]) => texts.has(document));
    if (judged.length === 0) continue;
    const documents = judged.map(([document]) => {
      const { title, text } = texts.get(document)!;
      return title === undefined ? { text } : { title, text };
    });
    yield { query, documents, targets: judged.map(([, grade]) => Math.max(0, grade)) };
  }
}
