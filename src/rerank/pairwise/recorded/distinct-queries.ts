import type { Duplicate } from "../../../llm/journal/index.js";
import { distinctDocuments } from "../../distinct-documents.js";
import type { NamedDocument, QueryDocuments } from "./pair-question.js";

/** Queries whose documents all read differently, and the documents that were left out for it. */
export interface DistinctQueries {
  readonly queries: readonly QueryDocuments[];
  readonly duplicates: readonly Duplicate[];
}

/** Of documents that read the same, only the first is judged; a judge could only say that they tie. */
export function distinctQueries(queries: readonly QueryDocuments[]): DistinctQueries {
  const duplicates: Duplicate[] = [];
  const distinct = queries.map((query) => {
    const groups = distinctDocuments(query.documents);
    for (const [first, ...others] of groups.candidates) {
      for (const other of others) {
        duplicates.push({
          duplicate: query.documents[other]!.id,
          of: query.documents[first as number]!.id,
          query: query.id,
        });
      }
    }
    return { ...query, documents: groups.distinct as readonly NamedDocument[] };
  });
  return { queries: distinct, duplicates };
}
