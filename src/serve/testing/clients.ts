import { afterAll, beforeAll, describe } from "vitest";
import { describeAiSdk } from "./clients/ai-sdk.js";
import { describeCohereV1, describeCohereV2 } from "./clients/cohere.js";
import { describeLangChain } from "./clients/langchain.js";
import { describeLlamaIndex } from "./clients/llama-index.js";
import { describeMixedbread } from "./clients/mixedbread.js";
import { describePinecone } from "./clients/pinecone.js";
import type { ClientTarget } from "./clients/target.js";
import { describeVoyage } from "./clients/voyage.js";
import { describeZeroEntropy } from "./clients/zeroentropy.js";

const CLIENTS = [
  describeCohereV2,
  describeCohereV1,
  describeVoyage,
  describeAiSdk,
  describeLangChain,
  describeLlamaIndex,
  describeMixedbread,
  describePinecone,
  describeZeroEntropy,
];

/** Checks with the vendors' own clients from npm that a server's answers are what they parse and its errors theirs. */
export function runClientConformance(name: string, start: () => Promise<ClientTarget>): void {
  describe(`clients from npm against ${name}`, () => {
    let target: ClientTarget;
    beforeAll(async () => {
      // The AI SDK would write to the console that it turns object documents into strings.
      Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
      target = await start();
    });
    afterAll(() => target?.close());
    for (const describeClient of CLIENTS) {
      describeClient(
        () => target,
        () => target.apiKey ?? "none",
      );
    }
  });
}
