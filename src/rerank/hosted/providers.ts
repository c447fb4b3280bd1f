import type { Provider } from "./provider.js";
import { cohere } from "./providers/cohere.js";
import { jina } from "./providers/jina.js";
import { mixedbread } from "./providers/mixedbread.js";
import { nvidia } from "./providers/nvidia.js";
import { pinecone } from "./providers/pinecone.js";
import { tei } from "./providers/tei.js";
import { vllm } from "./providers/vllm.js";
import { voyage } from "./providers/voyage.js";
import { zeroEntropy } from "./providers/zeroentropy.js";

const PROVIDERS = {
  cohere,
  voyage,
  jina,
  zeroentropy: zeroEntropy,
  mixedbread,
  pinecone,
  tei,
  vllm,
  nvidia,
} as const satisfies Readonly<Record<string, Provider>>;

/** Whose rerank API is spoken. */
export type ProviderName = keyof typeof PROVIDERS;

export const PROVIDER_NAMES = Object.keys(PROVIDERS) as readonly ProviderName[];

export function findProvider(name: string): Provider | undefined {
  return Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name as ProviderName] : undefined;
}
