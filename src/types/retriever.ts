import type { Document } from "./document.js";

/** A document that a first stage found, with that stage's own score. */
export interface Candidate {
  readonly document: Document;
  readonly score: number;
}

/** A first stage: finds candidates quickly and roughly, best first. */
export interface Retriever {
  readonly id: string;
  search(
    query: string,
    k: number,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<readonly Candidate[]>;
}
