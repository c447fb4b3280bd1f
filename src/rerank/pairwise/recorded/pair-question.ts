import type { Document } from "../../../types/index.js";

/** A query with the documents that are compared for it. */
export interface QueryDocuments {
  readonly id: string;
  readonly text: string;
  /** Their ids are unique; their order is that of a first stage. */
  readonly documents: readonly NamedDocument[];
}

export interface NamedDocument extends Document {
  readonly id: string;
}

/** Which of two documents is more relevant, each for its own query where these differ? */
export interface PairQuestion {
  readonly a: Contender;
  readonly b: Contender;
}

/** A document with the query that it is judged for. */
export interface Contender {
  readonly query: Pick<QueryDocuments, "id" | "text">;
  readonly document: NamedDocument;
}
