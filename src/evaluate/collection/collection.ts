import type { Document } from "../../types/index.js";
import type { Qrels } from "./qrels.js";

/** A document of a corpus, where everything is found by id. */
export interface CorpusDocument extends Document {
  readonly id: string;
}

/** What a ranking experiment needs: documents, queries and, usually, judgments. */
export interface Collection {
  readonly name: string;
  /** Text by query id, in the order of the file. */
  readonly queries: ReadonlyMap<string, string>;
  /** Empty where the collection has no judgments. */
  readonly qrels: Qrels;
  /** Streams the corpus, which may be larger than memory; may be called again. */
  documents(): AsyncIterable<CorpusDocument>;
}
