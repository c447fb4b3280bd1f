import type { z } from "zod";
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
  /** Whether text that is too long is cut; false: it is an error (DOCUMENT_TRUNCATED). Default: true. */
  readonly truncate?: boolean | undefined;
  /** Cut each document to so many tokens. Default: the model's limit. */
  readonly maxTokensPerDocument?: number | undefined;
  /** Cut the query to so many tokens. Default: the model's limit. */
  readonly maxTokensPerQuery?: number | undefined;
  /** For models that take one; others ignore it. */
  readonly instruction?: string | undefined;
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
  /** `totalMs` counts the time in the queue too; of the stages, clients are told `tokenize` and `model` (or `score`). */
  readonly timings: RerankResult["timings"] & { readonly queueMs: number };
  readonly warnings: RerankResult["warnings"];
}

/** The body of a request: an object as `JSON.parse` makes it. */
export type Body = Readonly<Record<string, unknown>>;

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

/** What a dialect's bodies look like, for the OpenAPI document and for tests. */
export interface DialectSchemas {
  readonly request: z.ZodType;
  readonly answer: z.ZodType;
  readonly error: z.ZodType;
}

/** Status and body of an answer that says no. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
}

/** One way in which clients ask for a ranking. */
export interface Dialect {
  /** As in logs, metrics and the prefix `/<name>/…` that chooses it whatever the body looks like. */
  readonly name: string;
  /** Another prefix in place of the name, for dialects that are parts of one client's interface. */
  readonly prefix?: string | undefined;
  /** Paths that it answers, all POST. */
  readonly paths: readonly string[];
  readonly schemas: DialectSchemas;
  /**
   * Whether a body on a path that several dialects answer is meant for this one. Absent where only the prefix, or a
   * path fixed to it, chooses the dialect, because its requests look like others'.
   */
  recognises?(body: Body, arrival: Arrival): boolean;
  /**
   * Reads a body.
   *
   * @throws RankwrightError INVALID_REQUEST, EMPTY_QUERY, NO_DOCUMENTS or REQUEST_TOO_LARGE with field, value
   * and mend
   */
  understand(body: Body, arrival: Arrival): Understood;
  /** Status and body by which this dialect's clients know an error. */
  refuse(error: RankwrightError, status: number): Refusal;
}
