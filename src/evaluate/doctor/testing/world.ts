import { Random } from "../../../numbers/random.js";
import type { CorpusDocument } from "../../collection/collection.js";
import type { QueryOutcome } from "../../experiment/query-outcome.js";
import type { ScoredList } from "../../runs/run.js";
import { bestFirst } from "../examined-query.js";
import type { DoctorInput } from "../input.js";
import { type Reader, type ReaderFaults, reader } from "./reader.js";

/** A made-up world, and what is wrong with it. Without faults everything is as it should be. */
export interface WorldOptions extends ReaderFaults {
  readonly seed?: number;
  readonly queries?: number;
  /** Candidates that are re-ranked, of the 120 documents that belong to a query. */
  readonly depth?: number;
  /** Share of the relevant documents that the first stage never finds. */
  readonly missed?: number;
  /** Share of documents that are far longer than what the model reads, and where their answer stands. */
  readonly long?: { readonly share: number; readonly answer: "start" | "end" };
  /** Further copies of every query's best documents, under other ids. */
  readonly copies?: number;
  /** Chance of a document that nobody wants, that the first stage finds late and the model loves. */
  readonly lures?: number;
  /** Whose best ten documents were shown to the judges. */
  readonly pool?: "both" | "first stage";
  /** Scores of each query are dealt out again at random. */
  readonly shuffled?: boolean;
  /** How many times slower than a millisecond for 1000 tokens. */
  readonly slowness?: number;
  /** Share of tokens that the vocabulary lacks. */
  readonly unknownTokens?: number;
}

const DOCUMENTS = 120;
const LONG_WORDS = 600;

/** A document before its text is written. */
interface Sketch {
  readonly id: string;
  readonly grade: number;
  /** Words of the query that it holds. */
  readonly keys: number;
  readonly lure: boolean;
  readonly firstStage: number;
  /** Under whose id stands the text that this one copies. */
  readonly original?: string;
}

/** All inputs of an examination, the optional ones too. Word `q7k2` is the third key word of query 7. */
export function world(options: WorldOptions = {}): DoctorInput {
  const { seed = 1, queries = 50, depth = 50, pool = "both" } = options;
  const random = new Random(seed);
  const model = reader(seed, options);
  const texts = new Map<string, CorpusDocument>();
  const queryTexts = new Map<string, string>();
  const qrels = new Map<string, Map<string, number>>();
  const lists = new Map<string, ScoredList>();
  const outcomes = new Map<string, QueryOutcome>();
  for (let q = 0; q < queries; q++) {
    const id = `q${q}`;
    const made = sketches(q, random, options);
    const found = made
      .filter(({ grade }) => grade === 0 || random.float() >= (options.missed ?? 0))
      .sort((a, b) => b.firstStage - a.firstStage);
    const documents = writeDocuments(q, found.slice(0, depth), random, options);
    const outcome = rerank(id, queryText(q), documents, model, random, options);
    for (const document of documents) texts.set(document.id, document);
    queryTexts.set(id, queryText(q));
    lists.set(id, {
      ids: found.map((sketch) => sketch.id),
      scores: Float64Array.from(found, ({ firstStage }) => firstStage),
    });
    outcomes.set(id, outcome);
    const shown = new Set(outcome.ids.slice(0, 20));
    if (pool === "both") for (const c of bestFirst(outcome.scores).slice(0, 20)) shown.add(outcome.ids[c]!);
    const judged = made.filter((sketch) => sketch.grade > 0 || shown.has(sketch.id));
    qrels.set(id, new Map(judged.map((sketch) => [sketch.id, sketch.grade])));
  }
  const unknown = options.unknownTokens ?? 0.001;
  return {
    collection: { name: "world", queries: queryTexts, qrels, documents: () => all(texts) },
    firstStage: { name: "first stage", lists },
    depth,
    outcomes,
    texts,
    scoreScale: "logit",
    maxTokens: model.limit,
    latencyBudgetMs: 60,
    unknownTokenShare: { queries: unknown, documents: unknown },
    reference: { scores: REFERENCE },
    rescore: async (query, documents) => model.scores(query, documents),
    seed,
  };
}

async function* all(texts: ReadonlyMap<string, CorpusDocument>) {
  yield* texts.values();
}

function queryText(q: number): string {
  return Array.from({ length: 5 }, (_, k) => `q${q}k${k}`).join(" ");
}

function sketches(q: number, random: Random, options: WorldOptions): Sketch[] {
  const made: Sketch[] = [];
  const relevant = 1 + random.int(5);
  for (let d = 0; d < DOCUMENTS; d++) {
    const grade = d < relevant ? 1 + random.int(2) : 0;
    const keys = grade > 0 ? 3 + grade : drawKeys(random);
    const lure = keys === 0 && random.float() < (options.lures ?? 0);
    made.push({ id: `d${q}-${d}`, grade, keys, lure, firstStage: keys + 1.4 * random.normal() });
  }
  const best = made.toSorted((a, b) => b.firstStage - a.firstStage).slice(0, 5);
  for (let copy = 1; copy <= (options.copies ?? 0); copy++) {
    for (const sketch of best) {
      const { id, firstStage } = sketch;
      made.push({ ...sketch, id: `${id}-copy${copy}`, original: id, firstStage: firstStage - 1e-3 * copy });
    }
  }
  return made;
}

/** Best first, so that originals come before their copies. */
function writeDocuments(
  q: number,
  sketches: readonly Sketch[],
  random: Random,
  options: WorldOptions,
): CorpusDocument[] {
  const written = new Map<string, string>();
  return sketches.map((sketch) => {
    const original = sketch.original === undefined ? undefined : written.get(sketch.original);
    const text = original ? `  ${original.toUpperCase()} ` : writeText(q, sketch, random, options);
    written.set(sketch.id, text);
    return { id: sketch.id, text };
  });
}

/** Most documents that are not relevant share no word with the query, some one or two. */
function drawKeys(random: Random): number {
  const draw = random.float();
  return draw < 0.6 ? 0 : draw < 0.85 ? 1 : 2;
}

function writeText(q: number, { keys, lure }: Sketch, random: Random, options: WorldOptions): string {
  const long = random.float() < (options.long?.share ?? 0);
  const length = long ? LONG_WORDS : Math.round(Math.min(200, 60 * Math.exp(0.5 * random.normal())));
  const words = Array.from({ length: Math.max(length, 12) }, () => `w${random.int(3000)}`);
  const room = words.length - keys;
  const place = !long ? random.int(room + 1) : options.long?.answer === "end" ? room : 0;
  for (let k = 0; k < keys; k++) words[place + k] = `q${q}k${k}`;
  if (lure) words[random.int(12)] = "lure";
  return words.join(" ");
}

function rerank(
  query: string,
  text: string,
  documents: readonly CorpusDocument[],
  model: Reader,
  random: Random,
  options: WorldOptions,
): QueryOutcome {
  const scores = [...model.scores(text, documents)];
  const tokensTotal = documents.map((document) => model.tokens(document));
  const tokensSeen = tokensTotal.map((tokens) => Math.min(tokens, model.limit));
  const tokens = tokensSeen.reduce((sum, seen) => sum + seen, 0);
  const ms = (2 + tokens * 0.001 * (options.slowness ?? 1)) * Math.exp(0.1 * random.normal());
  return {
    query,
    ids: documents.map(({ id }) => id),
    scores: options.shuffled ? random.shuffle(scores) : scores,
    ms,
    pairs: documents.length,
    tokens,
    tokensSeen,
    tokensTotal,
    warnings: [],
  };
}

/** What a healthy model says about the candidates of 30 other queries. */
const REFERENCE = Array.from({ length: 30 }, (_, q) => {
  const random = new Random(1_000_000 + q);
  const found = sketches(q, random, {}).sort((a, b) => b.firstStage - a.firstStage);
  return [...reader(1_000_000, {}).scores(queryText(q), writeDocuments(q, found.slice(0, 50), random, {}))];
}).flat();
