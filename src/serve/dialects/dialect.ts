import type { Document, RankwrightError, RerankResult } from "../../types/index.js";

/** A request as every dialect means it, once its own words are translated. */
export interface ServeRequest {
  /** As the caller names it; undefined where the dialect has no model names or the caller gave none. */
  readonly model: string | undefined;
  readonly query: string;
  readonly documents: readonly Document[];
  /** Results to return. Default: all. */
  readonly topN?: number | undefined;
  /** `probability`: the sigmoid, in [0, 1]; `logit`: the model's own number. */
  readonly scores: "probability" | "logit";
  /** Whether text that is too long is cut; false: it is an error (CONTEXT_EXCEEDED). Default: true. */
  readonly truncate?: boolean | undefined;
  /** Cut each document to so many tokens. Default: the model's limit. */
  readonly maxTokensPerDocument?: number | undefined;
  /** 0 is served first, larger numbers later. Default: 0. */
  readonly priority?: number | undefined;
}

/** What answered a `ServeRequest`. */
export interface ServeAnswer {
  /** Of this request, as headers and logs have it too. */
  readonly id: string;
  /** The served name of the model that answered. */
  readonly model: string;
  /** Best first, cut to `topN`; scores already on the scale that was asked for. */
  readonly results: RerankResult["results"];
  readonly usage: RerankResult["usage"];
  readonly timings: RerankResult["timings"] & { readonly queueMs: number };
  readonly warnings: RerankResult["warnings"];
}

/** A body that was understood: what to do, and how to say it in the caller's words. */
export interface Understood {
  /** Most often one; a list of pairs is one request for each. */
  readonly requests: readonly ServeRequest[];
  /**
   * The body of the answer, with answers in the order of `requests`. Scores are wrapped by `score()` of json.ts,
   * which prints them with a fraction part.
   */
  render(answers: readonly ServeAnswer[]): unknown;
  /** Further headers, such as TEI's timings. */
  headers?(answers: readonly ServeAnswer[]): Readonly<Record<string, string>>;
}

/** What a dialect may look at besides the body. */
export interface Arrival {
  /** Without the prefix that chooses a dialect. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** One way in which clients ask for a ranking. */
export interface Dialect {
  /** As in logs, metrics and the prefix `/<name>/…` that chooses it whatever the body looks like. */
  readonly name: string;
  /** Paths that it answers, all POST. */
  readonly paths: readonly string[];
  /** Whether a body on a path that several dialects answer is meant for this one. */
  recognises(body: Readonly<Record<string, unknown>>, arrival: Arrival): boolean;
  /**
   * Reads a body.
   *
   * @throws RankwrightError INVALID_REQUEST with field, value and mend
   */
  understand(body: Readonly<Record<string, unknown>>, arrival: Arrival): Understood;
  /** Status and body by which this dialect's clients know an error. */
  refuse(error: RankwrightError, status: number): { readonly status: number; readonly body: unknown };
}
