import type { Endpoint } from "../../llm/http/endpoint.js";
import {
  type Document,
  type Pair,
  RankwrightError,
  type ScoreOptions,
  type ScoreResult,
  type Scorer,
} from "../../types/index.js";
import { type Asked, askProvider } from "./ask-provider.js";
import { CallLimits } from "./call-limits.js";
import type { HostedOptions } from "./hosted.js";
import type { Provider, Question, Wish } from "./provider.js";
import { remoteUsage } from "./remote-usage.js";
import { type Part, split } from "./split.js";
import { malformed, notGranted, remoteWarning, splitCalls } from "./warnings.js";

/** Scores pairs through a provider's API, query by query. */
export function hostedScorer(
  id: string,
  provider: Provider,
  endpoint: Endpoint,
  options: HostedOptions,
): Scorer {
  const { traits } = provider;
  const { model, truncate } = options;
  const limits = new CallLimits(provider, endpoint, options);

  async function score(pairs: readonly Pair[], callOptions: ScoreOptions = {}): Promise<ScoreResult> {
    const started = performance.now();
    const { instruction, onProgress } = callOptions;
    const texts = pairs.map(({ document }) => textOf(document));
    const { maxQueryTokens } = callOptions;
    const maxDocumentTokens = lower(options.maxDocumentTokens, callOptions.maxDocumentTokens);
    const wishes = { instruction, truncate, maxQueryTokens, maxDocumentTokens };
    const granted = Object.fromEntries(
      Object.entries(wishes).filter(([wish]) => traits.grants.includes(wish as Wish)),
    );
    const mostDocuments = await limits.documentsPerCall(callOptions);
    const queries = byQuery(pairs);
    const parts = queries.flatMap(([from, to]) =>
      split(texts.slice(from, to), mostDocuments, traits.bytesPerCall).map(
        ([first, end]): Part => [from + first, from + end],
      ),
    );
    const questionOf = ([from, to]: Part): Question => ({
      ...{ model, query: pairs[from]!.query.toWellFormed(), documents: texts.slice(from, to) },
      ...granted,
    });

    let done = 0;
    const asked = await allOrNone(parts, callOptions, async (part, signal) => {
      const one = await askProvider(provider, endpoint, questionOf(part), options, {
        ...callOptions,
        signal,
      });
      done += part[1] - part[0];
      onProgress?.(done, pairs.length);
      return one;
    });

    const scores = new Float64Array(pairs.length);
    const unscored: number[] = [];
    for (const [index, [from, to]] of parts.entries()) {
      const one = asked[index];
      if (one) scores.set(one.scores, from);
      else for (let pair = from; pair < to; pair++) unscored.push(pair);
    }
    const answered = asked.filter((one) => one !== undefined);
    return {
      scores,
      unscored,
      remote: remoteUsage(answered, answered.length < parts.length),
      warnings: [
        ...malformed(pairs),
        ...notGranted(id, wishes, traits.grants),
        ...(traits.comparesDocuments?.(model) ? splitCalls(id, parts.length, queries.length) : []),
        ...answered.flatMap(({ warnings }) => warnings).map(remoteWarning),
      ],
      stages: { remote: performance.now() - started },
    };
  }

  return {
    id,
    scoreScale: options.scoreScale ?? traits.scoreScale,
    maxTokens: Number.POSITIVE_INFINITY,
    capsTokens: true,
    score,
    // There is nothing to let go of.
    close: async () => undefined,
  };
}

function lower(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function textOf({ title, text }: Document): string {
  return (title ? `${title}\n${text}` : text).toWellFormed();
}

/** Runs of pairs with the same query. */
function byQuery(pairs: readonly Pair[]): Part[] {
  const runs: Part[] = [];
  let from = 0;
  for (let index = 1; index <= pairs.length; index++) {
    if (index < pairs.length && pairs[index]!.query === pairs[from]!.query) continue;
    runs.push([from, index]);
    from = index;
  }
  return runs;
}

/**
 * Asks for all parts at once. Those that the deadline left without an answer are undefined; after any other error the
 * rest is given up, and the error thrown once nothing is under way any more.
 */
async function allOrNone(
  parts: readonly Part[],
  { signal }: ScoreOptions,
  ask: (part: Part, signal: AbortSignal) => Promise<Asked>,
): Promise<(Asked | undefined)[]> {
  const controller = new AbortController();
  const follow = () => controller.abort(signal?.reason);
  if (signal?.aborted) follow();
  signal?.addEventListener("abort", follow, { once: true });
  let failure: { readonly error: unknown } | undefined;
  const asked = await Promise.all(
    parts.map((part) =>
      ask(part, controller.signal).catch((error: unknown) => {
        if (RankwrightError.isInstance(error) && error.code === "DEADLINE_EXCEEDED") return undefined;
        failure ??= { error };
        controller.abort(error);
        return undefined;
      }),
    ),
  );
  signal?.removeEventListener("abort", follow);
  if (failure) throw failure.error;
  return asked;
}
