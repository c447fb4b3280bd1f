import { BATCH_TOKENS } from "../../models/batches.js";
import { modelList, type ServedName, teiInfo, weaviateMeta } from "../dialects/index.js";
import type { ServerLimits } from "../limits/limits.js";
import type { ModelState } from "../models/served-model.js";

/** What `/info` needs to know of the server. */
export interface ServerFacts {
  readonly version: string;
  readonly limits: ServerLimits;
  /** The default model first. */
  readonly states: readonly ModelState[];
  readonly underWay: number;
  readonly answered: number;
  readonly upSeconds: number;
  readonly ready: boolean;
}

/** For models that do not say how much they read; clients cut to it, so that it must not be too much. */
const CAUTIOUS_TOKENS = 512;

/**
 * What Text Embeddings Inference tells of itself, about the default model, followed by what only this server has:
 * `models` and `live`.
 */
export function infoOf({
  version,
  limits,
  states,
  underWay,
  answered,
  upSeconds,
  ready,
}: ServerFacts): object {
  const [first] = states;
  const { name = "", info = {} } = first ?? {};
  const tei = teiInfo({
    modelId: info.id ?? name,
    modelSha: info.revision,
    servedName: name,
    dtype: info.precision ?? "float32",
    maxInputTokens: info.maxTokens ?? CAUTIOUS_TOKENS,
    maxBatchTokens: BATCH_TOKENS,
    maxConcurrentRequests: limits.requests,
    maxDocuments: limits.documents,
    tokenizationWorkers: 1,
    version,
  });
  return {
    ...tei,
    models: states.map(describe),
    live: {
      ready,
      requests_under_way: underWay,
      requests_answered: answered,
      up_seconds: Math.round(upSeconds),
    },
  };
}

/** Every name that a request may give, for clients that let people pick one. */
export function modelsOf(states: readonly ModelState[], since: number): object {
  const names = states.flatMap(({ name, aliases, info: { maxTokens } }): ServedName[] => [
    { name, since, maxTokens },
    ...aliases.map((alias) => ({ name: alias, since, maxTokens, aliasOf: name })),
  ]);
  return modelList(names);
}

export function metaOf([first]: readonly ModelState[]): object {
  return weaviateMeta({ modelId: first?.info.id ?? first?.name ?? "" });
}

function describe({ name, aliases, status, working, info }: ModelState) {
  return { name, aliases, status, requests_under_way: working, ...info };
}
