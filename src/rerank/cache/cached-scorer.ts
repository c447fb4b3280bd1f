import {
  type Load,
  type Pair,
  RankwrightError,
  type ScoreOptions,
  type ScoreResult,
  type Scorer,
  show,
  type Warning,
} from "../../types/index.js";
import { checkScoreResult } from "../check-score-result.js";
import { type CachedScore, decodeScore, encodeScore } from "./cached-score.js";
import { splitWarnings } from "./cached-warnings.js";
import { joinScores } from "./join-scores.js";
import { pairKeys } from "./pair-keys.js";
import type { ScoreStore } from "./score-store.js";

export interface CachedScorerOptions {
  readonly store: ScoreStore;
  /** Stands for everything that scores depend on besides the pair. Default: what the scorer says. */
  readonly fingerprint?: string | undefined;
  /** Whether closing the scorer closes the store too; false where several share it. Default: false. */
  readonly closeStore?: boolean | undefined;
}

/**
 * A scorer that remembers the exact scores of pairs: only those that the store does not know are scored, so that a
 * second request with a few new candidates costs those few. Scores and evidence are the same as without a cache, bit
 * by bit as they were computed first; warnings have the same codes and pairs. What a deadline left unscored, or
 * carries a warning that cannot be kept, is not stored. A store out of reach costs its patience and a
 * `cache_unavailable` warning, nothing else.
 *
 * @throws RankwrightError INVALID_OPTION for a scorer that does not say what its scores depend on
 */
export function cachedScorer(scorer: Scorer, options: CachedScorerOptions): Scorer {
  return new CachedScorer(scorer, options);
}

/** What a look into the store gave. */
interface Look {
  /** Of every pair; empty where the store could not be asked at all. */
  readonly keys: readonly string[];
  readonly known: readonly (CachedScore | undefined)[];
  readonly problem?: string | undefined;
}

class CachedScorer implements Scorer {
  readonly id: string;
  readonly scoreScale: Scorer["scoreScale"];
  readonly maxTokens: number;
  readonly capsTokens: boolean | undefined;
  readonly fingerprint: () => Promise<string>;
  readonly #scorer: Scorer;
  readonly #store: ScoreStore;
  readonly #closeStore: boolean;
  readonly #writes = new Set<Promise<void>>();

  constructor(scorer: Scorer, { store, fingerprint, closeStore = false }: CachedScorerOptions) {
    if (fingerprint === undefined && scorer.fingerprint === undefined) {
      const message = `${scorer.id} does not say what its scores depend on besides the pair, so that they cannot be kept; if it is nothing else, pass a fingerprint that names the model and its version`;
      throw new RankwrightError("INVALID_OPTION", message, { field: "fingerprint" });
    }
    if (typeof store?.getMany !== "function") {
      const message = `store is ${show(store)}; pass memoryStore(), redisStore() or one of your own`;
      throw new RankwrightError("INVALID_OPTION", message, { field: "store", value: store });
    }
    this.id = scorer.id;
    this.scoreScale = scorer.scoreScale;
    this.maxTokens = scorer.maxTokens;
    this.capsTokens = scorer.capsTokens;
    let telling: Promise<string> | undefined;
    this.fingerprint = async () => {
      telling ??= fingerprint === undefined ? scorer.fingerprint?.() : Promise.resolve(fingerprint);
      return telling as Promise<string>;
    };
    this.#scorer = scorer;
    this.#store = store;
    this.#closeStore = closeStore;
  }

  get load(): Load | undefined {
    return this.#scorer.load;
  }

  async score(pairs: readonly Pair[], options: ScoreOptions = {}): Promise<ScoreResult> {
    const started = performance.now();
    const { keys, known, problem } = await this.#look(pairs, options);
    const looked = performance.now();
    const missing = known.flatMap((entry, pair) => (entry ? [] : [pair]));
    const hits = pairs.length - missing.length;
    const fresh = await this.#scoreMissing(pairs, missing, options);
    this.#keep(keys, missing, fresh);
    const joined = joinScores(known, missing, fresh);
    const warning: Warning[] =
      problem === undefined
        ? []
        : [
            {
              code: "cache_unavailable",
              message: `the cache of scores ${problem}; ${missing.length} of ${pairs.length} pairs were scored anew`,
            },
          ];
    return {
      ...joined,
      warnings: [...(joined.warnings ?? []), ...warning],
      cacheHits: hits,
      stages: { cache: looked - started, ...(fresh.stages ?? { score: performance.now() - looked }) },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#writes);
    await this.#scorer.close();
    if (this.#closeStore) await this.#store.close();
  }

  async #look(pairs: readonly Pair[], options: ScoreOptions): Promise<Look> {
    const nothing = pairs.map(() => undefined);
    try {
      const keys = await pairKeys(await this.fingerprint(), pairs, options);
      const { values, problem } = await this.#store.getMany(keys);
      return { keys, known: keys.map((_, pair) => values[pair] && decodeScore(values[pair])), problem };
    } catch (error) {
      if (options.signal?.aborted) throw error;
      return { keys: [], known: nothing, problem: "could not be asked" };
    }
  }

  async #scoreMissing(
    pairs: readonly Pair[],
    missing: readonly number[],
    options: ScoreOptions,
  ): Promise<ScoreResult> {
    const hits = pairs.length - missing.length;
    const onProgress =
      options.onProgress && ((done: number) => options.onProgress?.(hits + done, pairs.length));
    if (missing.length === 0) {
      onProgress?.(0);
      return { scores: new Float64Array(0), stages: {} };
    }
    const asked = missing.map((pair) => pairs[pair]!);
    const result = await this.#scorer.score(asked, { ...options, onProgress });
    checkScoreResult(this.id, result, asked, (pair) => `pairs[${missing[pair]}]`);
    return result;
  }

  #keep(keys: readonly string[], missing: readonly number[], fresh: ScoreResult): void {
    if (keys.length === 0) return;
    const { kept, others } = splitWarnings(fresh.warnings ?? [], missing.length);
    const unscored = new Set(fresh.unscored);
    const entries = missing.flatMap((pair, i): [string, Uint8Array][] => {
      if (others.has(i) || unscored.has(i)) return [];
      const evidence = fresh.evidence?.[i];
      const value = encodeScore({ score: fresh.scores[i]!, evidence, warnings: kept[i]! });
      return value ? [[keys[pair]!, value]] : [];
    });
    if (entries.length === 0) return;
    // Nobody waits for it; a store that fails says so when it is asked.
    const write = (async () => this.#store.setMany(entries))().catch(() => undefined);
    this.#writes.add(write);
    void write.then(() => this.#writes.delete(write));
  }
}
