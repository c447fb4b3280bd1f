import type { CorpusDocument } from "../../evaluate/collection/collection.js";
import type { ScoredList } from "../../evaluate/runs/run.js";
import type { Analyzer } from "../analysis/analyzer.js";
import { type AnalyzerOptions, analyzer } from "../analysis/build-analyzer.js";
import type { LanguageName } from "../analysis/languages.js";
import { checkCount, invalidOption } from "../option-checks.js";
import { type CollectOptions, collectPostings, type Postings } from "./collect-postings.js";
import { type Bm25Formula, impactsOf } from "./impacts.js";
import { topDocuments } from "./top-documents.js";

type Loosely<T> = { readonly [K in keyof T]?: T[K] | undefined };

export interface Bm25Options extends Loosely<Bm25Formula> {
  /** An analyser, or what `analyzer` makes one from. Default: `"english"`. */
  readonly analyzer?: Analyzer | AnalyzerOptions | LanguageName | undefined;
}

export interface SearchOptions {
  /** The only ids that may be found. Default: all. */
  readonly among?: { has(id: string): boolean } | undefined;
  /** Ids of documents that must not be found. */
  readonly exclude?: ReadonlySet<string> | undefined;
}

const UNTOUCHED = -1;

/**
 * An inverted index in memory that scores with Lucene's BM25. It keeps ids, terms and 8 bytes for each pair
 * of a term and a document that holds it, no texts.
 */
export class Bm25Index {
  readonly analyzer: Analyzer;
  /** Ids of all documents, in the order in which they came. */
  readonly ids: readonly string[];
  readonly #terms: ReadonlyMap<string, number>;
  readonly #termStarts: Uint32Array;
  readonly #documents: Uint32Array;
  readonly #impacts: Float32Array;
  // Reused by every search: it runs to its end before another can start.
  readonly #scores: Float64Array;
  readonly #touched: Uint32Array;

  private constructor(used: Analyzer, postings: Postings, impacts: Float32Array) {
    this.analyzer = used;
    this.ids = postings.ids;
    this.#terms = postings.terms;
    this.#termStarts = postings.termStarts;
    this.#documents = postings.documents;
    this.#impacts = impacts;
    this.#scores = new Float64Array(postings.ids.length).fill(UNTOUCHED);
    this.#touched = new Uint32Array(postings.ids.length);
  }

  /**
   * Indexes title and text of each document as one field. Lets the event loop run every few milliseconds.
   *
   * @throws RankwrightError DUPLICATE_ID, INVALID_OPTION, ABORTED, and what the source throws
   */
  static async build(
    documents: AsyncIterable<CorpusDocument> | Iterable<CorpusDocument>,
    options: Bm25Options & CollectOptions = {},
  ): Promise<Bm25Index> {
    const { k1 = 0.9, b = 0.4, lengths = "lucene" } = options;
    checkFormula({ k1, b, lengths });
    const used = asAnalyzer(options.analyzer);
    const postings = await collectPostings(documents, used, options);
    return new Bm25Index(used, postings, impactsOf(postings, { k1, b, lengths }));
  }

  /**
   * The k documents of highest score, best first, equal scores in the order of the documents; fewer where
   * fewer share a term with the query, none where no term is known. A term that the query repeats counts as
   * often. Scores are positive; they compare documents of one query.
   *
   * @throws RankwrightError INVALID_OPTION
   */
  search(query: string, k: number, { among, exclude }: SearchOptions = {}): ScoredList {
    checkCount("k", k);
    const hidden = exclude?.size ?? 0;
    const found = this.#score(query);
    const wanted = among ? found.filter((document) => among.has(this.ids[document] as string)) : found;
    const scores = this.#scores;
    const ids: string[] = [];
    const kept: number[] = [];
    for (const document of topDocuments(wanted, scores, k + hidden)) {
      const id = this.ids[document] as string;
      if (ids.length === k || exclude?.has(id)) continue;
      ids.push(id);
      kept.push(scores[document] as number);
    }
    for (const document of found) scores[document] = UNTOUCHED;
    return { ids, scores: Float64Array.from(kept) };
  }

  /** Leaves the scores of the documents that it returns in `#scores`. */
  #score(query: string): Uint32Array {
    const scores = this.#scores;
    const touched = this.#touched;
    let count = 0;
    for (const [term, times] of this.#queryTerms(query)) {
      const end = this.#termStarts[term + 1] as number;
      for (let posting = this.#termStarts[term] as number; posting < end; posting++) {
        const document = this.#documents[posting] as number;
        const gain = times * (this.#impacts[posting] as number);
        const score = scores[document] as number;
        if (score === UNTOUCHED) {
          touched[count++] = document;
          scores[document] = gain;
        } else {
          scores[document] = score + gain;
        }
      }
    }
    const found = touched.subarray(0, count);
    // Lucene rounds a sum to 32 bits, which decides what is equal.
    for (const document of found) scores[document] = Math.fround(scores[document] as number);
    return found;
  }

  /** How often each known term stands in the query. */
  #queryTerms(query: string): Map<number, number> {
    const counts = new Map<number, number>();
    for (const term of this.analyzer.analyze(query)) {
      const number = this.#terms.get(term);
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    return counts;
  }
}

function asAnalyzer(given: Bm25Options["analyzer"]): Analyzer {
  return typeof given === "object" && "analyze" in given ? given : analyzer(given);
}

function checkFormula({ k1, b, lengths }: Bm25Formula): void {
  if (!(Number.isFinite(k1) && k1 >= 0)) throw invalidOption("k1", k1, "a number of 0 or more");
  if (!(Number.isFinite(b) && b >= 0 && b <= 1)) throw invalidOption("b", b, "a number from 0 to 1");
  if (lengths !== "exact" && lengths !== "lucene") {
    throw invalidOption("lengths", lengths, '"exact" or "lucene"');
  }
}
