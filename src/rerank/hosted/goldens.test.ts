import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Ledger } from "../../llm/ledger/index.js";
import { fakeEndpoint } from "../../llm/testing/fake-endpoint.js";
import type { RerankRequest } from "../../types/index.js";
import { type HostedOptions, hosted } from "./hosted.js";
import { PROVIDER_NAMES, type ProviderName } from "./providers.js";

interface Exchange {
  readonly options: HostedOptions;
  readonly request: RerankRequest;
  readonly calls: readonly {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly status: number;
    readonly answerHeaders?: Readonly<Record<string, string>>;
    readonly answer: unknown;
  }[];
  readonly result?: {
    readonly ranking: readonly (readonly [index: number, score: number])[];
    readonly scoreScale: string;
    readonly usage: object;
    readonly warnings: readonly string[];
  };
  readonly error?: { readonly code: string; readonly says: string };
}

const folder = join(import.meta.dirname, "../../../goldens/hosted");
const exchanges = PROVIDER_NAMES.flatMap((provider) =>
  readdirSync(join(folder, provider)).map((file) => [provider, file] as const),
);

const PRICES = {
  "rerank-v4.0-pro": { searchUnit: 0.002 },
  "bge-reranker-v2-m3": { searchUnit: 0.002 },
  "rerank-2.5": { input: 0.05 },
  "jina-reranker-v2-base-multilingual": { input: 0.05 },
  "zerank-2": { input: 0.025 },
};

async function replay(provider: ProviderName, { options, request, calls }: Exchange) {
  const { baseUrl, received } = await fakeEndpoint(
    ...calls.map(({ status, answerHeaders = {}, answer }) => ({
      status,
      headers: answerHeaders,
      body: answer,
    })),
  );
  const ledger = new Ledger({ prices: PRICES });
  // One at a time, so that the answers meet their requests.
  const reranker = hosted(provider, {
    apiKey: "test-key-12345",
    concurrency: 1,
    ledger,
    ...options,
    baseUrl,
  });
  const outcome = await reranker.rerank(request).then(
    (result) => ({ result, error: undefined }),
    (error) => ({ result: undefined, error }),
  );
  return { ...outcome, received, ledger };
}

describe("hosted", () => {
  it.each(exchanges)("speaks as in goldens/hosted/%s/%s", async (provider, file) => {
    const exchange: Exchange = JSON.parse(readFileSync(join(folder, provider, file), "utf8"));
    const { result, error, received, ledger } = await replay(provider, exchange);
    expect(received.map(({ method, path, body }) => ({ method, path, body }))).toEqual(
      exchange.calls.map(({ method, path, body }) => ({ method, path, body })),
    );
    for (const [index, { headers }] of exchange.calls.entries()) {
      expect(received[index]?.headers).toMatchObject(headers);
    }
    if (exchange.error) {
      expect(error).toMatchObject({
        code: exchange.error.code,
        message: expect.stringContaining(exchange.error.says),
      });
      return;
    }
    expect(error).toBeUndefined();
    const { ranking, usage, warnings, scoreScale } = exchange.result as NonNullable<Exchange["result"]>;
    expect(result?.results.map(({ index, score }) => [index, score])).toEqual(ranking);
    expect(result?.warnings.map(({ code }) => code)).toEqual(warnings);
    expect(result?.scoreScale).toBe(scoreScale);
    const { pairs, tokens, ...remote } = result!.usage;
    expect([pairs, tokens]).toEqual([3, 0]);
    expect(remote).toEqual(
      "cost" in usage ? { ...usage, cost: expect.closeTo(usage.cost as number, 12) } : usage,
    );
    expect(ledger.total().calls).toBe(remote.calls);
    expect(ledger.total().cost).toBeCloseTo(remote.cost ?? 0, 12);
  });
});
