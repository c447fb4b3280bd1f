/** One way to call the server, as it stands on the page. */
export interface Example {
  readonly title: string;
  /** Who asks like that. */
  readonly clients: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const QUERY = "how do I reset my password";
const DOCUMENTS = ["Choose “Forgot password” on the sign-in page.", "Our offices are closed on Sundays."];

/** The popular dialects, those with most clients first. */
export function examplesFor(model: string | undefined): readonly Example[] {
  const named = model === undefined ? {} : { model };
  return [
    {
      title: "Cohere",
      clients: "cohere-ai, Vercel AI SDK, Weaviate, Haystack",
      path: "/v2/rerank",
      body: { ...named, query: QUERY, documents: DOCUMENTS, top_n: 2 },
    },
    {
      title: "Jina and vLLM",
      clients: "Open WebUI, LiteLLM, Dify, RAGFlow, LibreChat",
      path: "/v1/rerank",
      body: { ...named, query: QUERY, documents: DOCUMENTS },
    },
    {
      title: "Voyage",
      clients: "voyageai, with /voyage/v1 as base address",
      path: "/voyage/v1/rerank",
      body: { ...named, query: QUERY, documents: DOCUMENTS, top_k: 2 },
    },
    {
      title: "Text Embeddings Inference",
      clients: "Elasticsearch, Haystack, Dify",
      path: "/rerank",
      body: { query: QUERY, texts: DOCUMENTS },
    },
    {
      title: "rankwright",
      clients: "the whole result: evidence, warnings, timings, what ran",
      path: "/rankwright/rerank",
      body: { ...named, query: QUERY, documents: DOCUMENTS, topN: 2 },
    },
  ];
}

/** A command line that a shell takes as it stands. */
export function curl(origin: string, { path, body }: Example, withKey: boolean): string {
  const key = withKey ? ` \\\n  -H 'authorization: Bearer YOUR_KEY'` : "";
  // A shell would end the text at an apostrophe.
  const json = JSON.stringify(body, null, 2).replaceAll("'", "\\u0027");
  return `curl ${origin}${path}${key} \\\n  -H 'content-type: application/json' \\\n  -d '${json}'`;
}
