import { lexicalScorer, pointwise } from "../rerank/index.js";
import { createServer } from "./server.js";
import type { ClientTarget } from "./testing/clients/target.js";
import { runClientConformance } from "./testing/clients.js";

/** The whole server on a port of its own, with the model that needs no download. */
async function startServer(): Promise<ClientTarget> {
  const server = createServer({
    models: [{ name: "lexical", load: async () => pointwise(lexicalScorer()) }],
    apiKeys: ["key"],
  });
  const { url } = await server.listen({ port: 0 });
  return { baseUrl: url, model: "lexical", apiKey: "key", close: () => server.close() };
}

runClientConformance("the server", startServer);
