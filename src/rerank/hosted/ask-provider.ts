import { z } from "zod";
import type { Endpoint } from "../../llm/http/endpoint.js";
import { RemoteFailure } from "../../llm/http/remote-failure.js";
import { badResponse, type JsonAnswer, requestJson } from "../../llm/http/request-json.js";
import { accounted, type Consumption } from "../../llm/ledger/index.js";
import type { ScoreOptions } from "../../types/index.js";
import type { HostedOptions } from "./hosted.js";
import type { Provider, Question } from "./provider.js";
import { scoresInOrder } from "./scores-in-order.js";

/** What one call gave. */
export interface Asked {
  /** In the order of the question's documents. */
  readonly scores: Float64Array;
  readonly used: Consumption;
  readonly cost: number | undefined;
  readonly warnings: readonly string[];
}

/** One call, with room for it in the budget where there is one. */
export async function askProvider(
  provider: Provider,
  endpoint: Endpoint,
  question: Question,
  { ledger, stage = "rerank", extraBody }: HostedOptions,
  { signal, deadline }: ScoreOptions,
): Promise<Asked> {
  const { traits } = provider;
  const most = traits.most(question);
  const call = async () => {
    const body = { ...provider.ask(question), ...extraBody };
    const tokens = Math.ceil((most.promptTokens ?? 0) / 4);
    const answer = await requestJson(endpoint, { body, signal, deadline, tokens });
    const { attempts, unaccounted } = answer;
    try {
      return { ...read(provider, answer, question, endpoint), attempts, unaccounted };
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      // The attempts before the useless answer count too.
      throw Object.assign(error, { attempts, unaccounted: unaccounted + error.unaccounted });
    }
  };
  if (ledger === undefined) return { ...(await call()), cost: undefined };
  const model = question.model ?? endpoint.place.host;
  const { value, cost } = await accounted(ledger, { stage, model }, most, call, (asked) => asked, {
    signal,
    deadline,
  });
  return { ...value, cost };
}

function read(
  provider: Provider,
  { json, headers }: JsonAnswer,
  { documents }: Question,
  { place }: Endpoint,
): Omit<Asked, "cost"> {
  try {
    const { scores, used, warnings = [] } = provider.read(json, headers);
    const inOrder = scoresInOrder(scores, documents.length);
    if (inOrder instanceof Float64Array)
      return { scores: inOrder, used, warnings: warnings.map(place.redact) };
    throw badResponse(place.host, `${inOrder.what}; the ranking cannot be trusted`, {
      field: `results${inOrder.field}`,
      value: inOrder.value,
    });
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const field = error.issues[0]?.path.join(".") || "the answer";
    throw badResponse(
      place.host,
      `with what is no answer of this rerank API (${field} is missing or of the wrong kind); check the provider's name and baseUrl (${place.address} was asked)`,
      { field },
    );
  }
}
