import { checkNumber, type EndpointOptions, openEndpoint } from "../../llm/http/endpoint.js";
import type { Ledger } from "../../llm/ledger/index.js";
import { RankwrightError, type Reranker, type ScoreScale, show } from "../../types/index.js";
import type { Limits } from "../limits.js";
import { pointwise } from "../pointwise.js";
import { hostedScorer } from "./hosted-scorer.js";
import { findProvider, PROVIDER_NAMES, type ProviderName } from "./providers.js";

export interface HostedOptions extends EndpointOptions {
  /** As the provider calls it. Vendors need it, servers of one's own do not. */
  readonly model?: string | undefined;
  /** Documents in one call at most; more of them are split. Default: the provider's limit. */
  readonly documentsPerCall?: number | undefined;
  /** Whether texts that are too long are cut (true) or refused (false). Default: as the provider does. */
  readonly truncate?: boolean | undefined;
  /** Cut each document to so many tokens. Default: the provider's limit. */
  readonly maxDocumentTokens?: number | undefined;
  /** What the scores mean, where `extraBody` or the model makes them something else than the provider's usual ones. */
  readonly scoreScale?: ScoreScale | undefined;
  /** Further fields of the body, which win over ours. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  /** Keeps books and a budget. Default: neither, and the cost is unknown. */
  readonly ledger?: Ledger | undefined;
  /** Under which the ledger has the calls. Default: `rerank`. */
  readonly stage?: string | undefined;
  /** What one request may hold at most. */
  readonly limits?: Partial<Limits> | undefined;
}

const SCALES: readonly ScoreScale[] = ["logit", "probability", "similarity", "rank"];

/**
 * A reranker behind somebody's rerank API. Documents beyond the provider's limit go in several calls, at most
 * `concurrency` at once; their scores are comparable wherever the model reads one document at a time, and a warning
 * says where it does not. Each document must get exactly one finite score, else the call fails with
 * REMOTE_BAD_RESPONSE. On a deadline, documents of calls that were not answered follow the others in their order.
 *
 * `rerank` throws what `pointwise` does, BUDGET_EXCEEDED, CONTEXT_EXCEEDED, CONTENT_REFUSED and REMOTE_….
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function hosted(name: ProviderName, options: HostedOptions = {}): Reranker {
  const provider = findProvider(name);
  if (provider === undefined) refuse("provider", name, `pass one of ${PROVIDER_NAMES.join(", ")}`);
  const { traits } = provider;
  const { model, documentsPerCall, maxDocumentTokens, scoreScale } = options;
  if (model !== undefined && (typeof model !== "string" || model === "")) {
    refuse("model", model, "pass the name of a model");
  }
  if (model === undefined && traits.exampleModel !== undefined && traits.service.baseUrl !== undefined) {
    refuse("model", model, `pass the name of a model, such as ${traits.exampleModel}`);
  }
  if (documentsPerCall !== undefined) checkNumber("documentsPerCall", documentsPerCall, 1);
  if (maxDocumentTokens !== undefined) checkNumber("maxDocumentTokens", maxDocumentTokens, 1);
  if (scoreScale !== undefined && !SCALES.includes(scoreScale)) {
    refuse("scoreScale", scoreScale, `pass one of ${SCALES.join(", ")}`);
  }
  const endpoint = openEndpoint(options, traits.service);
  const id = `${name}/${model ?? endpoint.place.host}`;
  return pointwise(hostedScorer(id, provider, endpoint, options), { limits: options.limits });
}

function refuse(field: string, value: unknown, mend: string): never {
  throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}.`, { field, value });
}
