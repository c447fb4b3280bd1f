/** What no body can settle, because clients of different servers send the same and expect different things. */
export interface DialectSettings {
  /**
   * A dialect for a path, whatever the body looks like, e.g. `{ "/v1/rerank": "voyage" }` for Voyage clients that
   * send neither `top_k` nor `truncation`. Default: none.
   */
  readonly fixed: Readonly<Record<string, string>>;
  /**
   * What `top_n: 0` asks for where the dialect itself does not say: every result (as with vLLM), none (as with
   * llama.cpp), or nothing that could be meant (as with Infinity). Default: `all`.
   */
  readonly topNZero: "all" | "none" | "invalid";
  /**
   * Whether results repeat their document when the request does not say, on paths where clients of Jina and vLLM
   * (which expect it) and of Cohere v1 (which do not mind it) meet. `/v2/rerank` repeats none unless asked.
   * Default: true.
   */
  readonly returnDocuments: boolean;
  /** How a shared path repeats a document: `{ text }` as Cohere, Jina and vLLM, or a string. Default: `object`. */
  readonly echo: "object" | "string";
  /** Whether `truncation` alone, without `top_k`, marks a request on a shared path as Voyage's. Default: true. */
  readonly truncationMeansVoyage: boolean;
  /** Refuse fields that the dialect does not know instead of ignoring them. Default: false. */
  readonly strict: boolean;
  /** Items that a list of a request may hold. Longer ones are refused before they are looked at. Default: 10 000. */
  readonly maxItems: number;
}

export const DIALECT_SETTINGS: DialectSettings = {
  fixed: {},
  topNZero: "all",
  returnDocuments: true,
  echo: "object",
  truncationMeansVoyage: true,
  strict: false,
  maxItems: 10_000,
};
