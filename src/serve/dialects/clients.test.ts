import { Cohere, CohereClientV2 } from "cohere-ai";
import { expect, it } from "vitest";
import { runClientConformance } from "../testing/clients.js";
import { startFakeServer, TOO_MUCH } from "../testing/fake-server.js";

runClientConformance("the dialects", startFakeServer);

it("tells a client of an overloaded server when to try again", async () => {
  const { baseUrl, model, apiKey = "", close } = await startFakeServer();
  try {
    const client = new CohereClientV2({ token: apiKey, baseUrl });
    const asked = client.rerank({ model, query: TOO_MUCH, documents: ["a"] }, { maxRetries: 0 });
    const error = await asked.then(undefined, (error: unknown) => error);
    expect(error).toBeInstanceOf(Cohere.TooManyRequestsError);
    expect((error as Cohere.TooManyRequestsError).rawResponse?.headers.get("retry-after")).toBe("7");
  } finally {
    await close();
  }
});
