import type { Service } from "../../llm/http/endpoint.js";
import type { Consumption } from "../../llm/ledger/index.js";
import type { ScoreScale } from "../../types/index.js";

/** A query and the documents of one call. */
export interface Question {
  readonly model: string | undefined;
  readonly query: string;
  /** Title and text in one; well-formed. */
  readonly documents: readonly string[];
  readonly instruction?: string | undefined;
  /** Whether what is too long is cut (true) or refused (false). Default: as the API does. */
  readonly truncate?: boolean | undefined;
  /** Cut each document to so many tokens. */
  readonly maxDocumentTokens?: number | undefined;
}

/** What a provider says to a question. */
export interface Reading {
  /** In any order; checked by whoever asked. */
  readonly scores: readonly { readonly index: number; readonly score: number }[];
  readonly used: Consumption;
  /** In the provider's words. */
  readonly warnings?: readonly string[] | undefined;
}

/** What only some providers can do. */
export type Wish = "instruction" | "truncate" | "maxDocumentTokens";

export interface Traits {
  readonly service: Service;
  /** Of the scores that it gives unless told otherwise. */
  readonly scoreScale: ScoreScale;
  /** A model to name in messages where the provider must be told one; absent where it has its own. */
  readonly exampleModel?: string | undefined;
  /** Documents in one call at most. */
  documentsPerCall(model: string | undefined): number;
  /** Bytes of text in one call at most. */
  readonly bytesPerCall?: number | undefined;
  /** Whether the score of a document depends on which others share the call. */
  comparesDocuments?(model: string | undefined): boolean;
  readonly grants: readonly Wish[];
  /** The most that a question can take, in the unit by which the provider bills; bytes stand for tokens. */
  most(question: Question): Consumption;
}

/** One rerank API. */
export interface Provider {
  readonly traits: Traits;
  /** The body of a request. */
  ask(question: Question): Readonly<Record<string, unknown>>;
  /** Reads an answer. @throws ZodError for what the API never answers */
  read(json: unknown, headers: Headers): Reading;
  /** Where a server of one's own tells how many documents it takes: the path, and how to read the answer. */
  readonly limits?: { readonly path: string; read(json: unknown): number | undefined } | undefined;
}
