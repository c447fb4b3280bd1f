import type { Collection } from "../collection/collection.js";
import type { ReportedCollection } from "./evaluation-report.js";

/** A collection's figures. Reads the whole corpus, to count it. */
export async function describeCollection(collection: Collection): Promise<ReportedCollection> {
  const { name, queries, qrels } = collection;
  let documents = 0;
  for await (const _ of collection.documents()) documents++;
  const grades = new Set<number>();
  for (const judged of qrels.values()) for (const grade of judged.values()) grades.add(grade);
  return {
    name,
    documents,
    queries: queries.size,
    judged: qrels.size,
    grades: [...grades].sort((a, b) => a - b).join(", "),
  };
}
