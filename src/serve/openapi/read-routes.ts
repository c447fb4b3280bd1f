/** A path that is read with GET. */
export interface ReadRoute {
  readonly summary: string;
  /** Of the answer; null where it has no body. */
  readonly contentType: string | null;
  readonly statuses: readonly number[];
  /** Whether it is answered without a key on a server that wants one. */
  readonly open: boolean;
}

/** What there is besides rankings. */
export const READ_ROUTES: Readonly<Record<string, ReadRoute>> = {
  "/": page("What this server is, for people", "text/html"),
  "/openapi.json": page("This document", "application/json"),
  "/health": probe("Whether a model scores, tried by scoring", "application/json", 200),
  "/ready": probe("Whether requests are taken", "application/json", 200),
  "/ping": probe("Whether requests are taken, in few words", null, 200),
  "/.well-known/live": { ...probe("Whether the process lives", null, 204), statuses: [204] },
  "/.well-known/ready": probe("Whether requests are taken, as Weaviate asks", null, 204),
  "/info": locked(
    "The default model and the limits, as Text Embeddings Inference tells them",
    "application/json",
  ),
  "/v1/models": locked("Names that requests may give, as OpenAI lists models", "application/json"),
  "/meta": locked("The default model, as Weaviate asks", "application/json"),
  "/metrics": locked("Metrics for Prometheus", "text/plain"),
};

function page(summary: string, contentType: string): ReadRoute {
  return { summary, contentType, statuses: [200], open: true };
}

function probe(summary: string, contentType: string | null, status: number): ReadRoute {
  return { summary, contentType, statuses: [status, 503], open: true };
}

function locked(summary: string, contentType: string): ReadRoute {
  return { summary, contentType, statuses: [200, 401], open: false };
}
