import { checkWhole, invalid } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";
import { eventLoopTurns } from "../../retrieve/event-loop-turns.js";
import type { Reranker, Retriever } from "../../types/index.js";
import { CompactStore } from "../data/compact-store.js";
import type { Dataset } from "../data/dataset.js";
import { deriveSeed } from "../data/derive-seed.js";
import type { TrainingExample } from "../example.js";
import type { DocumentPool, PoolRetriever } from "./document-pool.js";
import { checkGuards, DEFAULT_GUARDS, failedGuard, type NegativeGuards } from "./guards.js";
import { KnownPositives } from "./known-positives.js";
import { type MinedExample, MinedNegatives, type MiningReport } from "./mined-negatives.js";
import { NearTexts, ReadTexts } from "./near-texts.js";

export interface MineOptions {
  /** Finds candidates: `bm25Miner`, or the first stage that the model will work behind. */
  readonly retriever: Retriever | PoolRetriever;
  /** Random negatives come from here; what the retriever finds is added. */
  readonly pool: DocumentPool;
  /** Scores positives and candidates, for the guards and as targets. Default: none, and no guards. */
  readonly teacher?: Reranker | undefined;
  readonly guards?: NegativeGuards | undefined;
  /** Negatives of an example, judged ones included. Default: 7. */
  readonly perQuery?: number | undefined;
  /** First and last rank that candidates come from, 1 being the best. Default: 10 to 100. */
  readonly ranks?: readonly [first: number, last: number] | undefined;
  /**
   * Keep only positives that the retriever has at the last rank or better, and of the examples only those that
   * have one. A re-ranker is never asked about anything else, and trained on positives that share no word with
   * their query it unlearns that shared words count. Default: false.
   */
  readonly foundOnly?: boolean | undefined;
  /**
   * Share of the mined negatives that are drawn from the pool by chance, without which a model does badly on
   * easy candidates; more where there are too few candidates. Default: 0.25.
   */
  readonly randomShare?: number | undefined;
  /** Candidates that the teacher scores for an example, at most. Default: four times `perQuery`. */
  readonly teacherCandidates?: number | undefined;
  /** Lowest target of a positive. Default: 1. */
  readonly positiveFrom?: number | undefined;
  /** Default: 0. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the examples that are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Draws per random negative that is wanted, before a pool counts as too small. */
const DRAWS = 4;

/**
 * Finds negatives for the positives of a data set: candidates at the given ranks, without the positives that
 * any example has for the same query and without texts like them; of the rest, those that pass the teacher's
 * guards, drawn by chance; and a share of random documents. What an example judges as not relevant comes
 * first and counts. The same for the same data, seed and options.
 *
 * @throws RankwrightError INVALID_OPTION, ABORTED, and what retriever and teacher throw
 */
export async function mineNegatives(dataset: Dataset, options: MineOptions): Promise<MinedNegatives> {
  const settings = checked(options);
  const { pool, teacher, positiveFrom, seed, signal } = settings;
  const known = new KnownPositives(dataset, pool, positiveFrom);
  const texts = new ReadTexts();
  const mined = new CompactStore<MinedExample>();
  const report = {
    examples: 0,
    withoutPositive: 0,
    unfound: 0,
    mined: 0,
    candidates: 0,
    dropped: { known: 0, near: 0, relative: 0, absolute: 0, probability: 0 },
    judged: 0,
    hard: 0,
    random: 0,
    short: 0,
  };
  const nextTurn = eventLoopTurns(signal, () => options.onProgress?.(report.examples, dataset.size));
  for (const { number, example } of dataset.entries()) {
    await nextTurn();
    report.examples++;
    const judged = splitByTarget(example, pool, positiveFrom);
    if (judged.positives.length === 0) {
      report.withoutPositive++;
      continue;
    }
    const random = new Random(deriveSeed(seed, "mine", number));
    const found = await mineExample(example.query, judged, known, settings, texts, random, report);
    if (found === undefined) {
      report.unfound++;
      continue;
    }
    mined.add(found);
    if (found.negatives.length > 0) report.mined++;
    if (found.negatives.length < settings.perQuery) report.short++;
  }
  options.onProgress?.(report.examples, dataset.size);
  return new MinedNegatives(pool, mined, report, teacher?.scoreScale);
}

type Settings = ReturnType<typeof checked>;
type Counts = { -readonly [K in keyof MiningReport]: MiningReport[K] } & {
  dropped: Record<keyof MiningReport["dropped"], number>;
};

interface Judged {
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

async function mineExample(
  query: string,
  judged: Judged,
  known: KnownPositives,
  settings: Settings,
  texts: ReadTexts,
  random: Random,
  report: Counts,
): Promise<MinedExample | undefined> {
  const { pool, teacher, ranks, foundOnly, perQuery, randomShare, teacherCandidates } = settings;
  const found = foundOnly || judged.negatives.length < perQuery ? await candidates(query, settings) : [];
  const positives = foundOnly
    ? judged.positives.filter((number) => found.includes(number))
    : judged.positives;
  if (positives.length === 0) return undefined;
  const own = random.shuffle(judged.negatives.slice()).slice(0, perQuery);
  const wanted = perQuery - own.length;
  const positiveNumbers = known.of(query);
  const judgedNumbers = new Set([...positiveNumbers, ...positives, ...judged.negatives]);
  const resembled = new NearTexts(
    [...new Set([...positiveNumbers, ...positives])].map((number) => texts.of(number, pool)),
  );
  const looked = new Set<number>();
  /** Whether a document may be a negative, as far as its text tells; true once at most. */
  const allowed = (number: number): boolean => {
    if (looked.has(number)) return false;
    looked.add(number);
    const near = () => resembled.resembles(texts.of(number, pool));
    const reason = judgedNumbers.has(number) ? "known" : near() ? "near" : undefined;
    if (reason) report.dropped[reason]++;
    return reason === undefined;
  };

  const inRange = wanted === 0 ? [] : found.slice(ranks[0] - 1);
  report.candidates += inRange.length;
  const hardCandidates: number[] = [];
  const most = teacher ? teacherCandidates : wanted;
  for (const number of random.shuffle(inRange.slice())) {
    if (hardCandidates.length === most) break;
    if (allowed(number)) hardCandidates.push(number);
  }
  const randomCandidates = drawRandom(wanted, pool, allowed, random);

  const scored = await scoresOf(
    query,
    [...positives, ...own, ...hardCandidates, ...randomCandidates],
    settings,
  );
  const guarded = (numbers: readonly number[]) =>
    numbers.filter((number) => passes(number, positives, scored, settings, report));
  const [hardPassed, randomPassed] = [guarded(hardCandidates), guarded(randomCandidates)];
  const hard = hardPassed.slice(0, wanted - Math.min(Math.round(wanted * randomShare), randomPassed.length));
  const easy = randomPassed.slice(0, wanted - hard.length);
  report.judged += own.length;
  report.hard += hard.length;
  report.random += easy.length;
  const negatives = [...own, ...hard, ...easy];
  const scores = scored && [...positives, ...negatives].map((number) => scored.get(number) as number);
  return { query, positives, negatives, scores };
}

/** Numbers of the documents down to the last rank; texts are read only where the retriever knows no numbers. */
async function candidates(
  query: string,
  { retriever, pool, ranks: [, last], signal }: Settings,
): Promise<readonly number[]> {
  if ("numbers" in retriever && retriever.pool === pool) return retriever.numbers(query, last).slice(0, last);
  const found = await retriever.search(query, last, { signal });
  return found.slice(0, last).map(({ document }) => pool.add(document));
}

function passes(
  number: number,
  positives: readonly number[],
  scored: ReadonlyMap<number, number> | undefined,
  { teacher, guards }: Settings,
  report: Counts,
): boolean {
  if (!scored || !teacher) return true;
  const lowest = positives.reduce(
    (least, positive) => Math.min(least, scored.get(positive) as number),
    Number.POSITIVE_INFINITY,
  );
  const failed = failedGuard(scored.get(number) as number, lowest, guards, teacher.scoreScale);
  if (failed) report.dropped[failed]++;
  return failed === undefined;
}

function drawRandom(
  wanted: number,
  pool: DocumentPool,
  allowed: (number: number) => boolean,
  random: Random,
): number[] {
  const drawn: number[] = [];
  for (let draw = 0; draw < DRAWS * wanted && drawn.length < wanted; draw++) {
    const number = random.int(pool.size);
    if (allowed(number)) drawn.push(number);
  }
  return drawn;
}

async function scoresOf(
  query: string,
  numbers: readonly number[],
  { teacher, pool, signal }: Settings,
): Promise<Map<number, number> | undefined> {
  if (!teacher) return undefined;
  const documents = numbers.map((number) => pool.get(number));
  const { results } = await teacher.rerank({ query, documents, signal });
  return new Map(results.map(({ index, score }) => [numbers[index] as number, score]));
}

function splitByTarget(
  { documents, targets }: TrainingExample,
  pool: DocumentPool,
  positiveFrom: number,
): Judged {
  const positives: number[] = [];
  const negatives: number[] = [];
  documents.forEach((document, i) => {
    ((targets[i] as number) >= positiveFrom ? positives : negatives).push(pool.add(document));
  });
  return { positives, negatives };
}

function checked(options: MineOptions) {
  const { perQuery = 7, ranks = [10, 100], randomShare = 0.25, positiveFrom = 1, seed = 0 } = options;
  checkWhole("perQuery", perQuery, 1);
  checkWhole("ranks[0]", ranks[0], 1);
  checkWhole("ranks[1]", ranks[1], ranks[0]);
  if (!(randomShare >= 0 && randomShare <= 1)) {
    throw invalid("randomShare", randomShare, "pass a number from 0 to 1.");
  }
  const { teacherCandidates = 4 * perQuery, teacher, guards = DEFAULT_GUARDS } = options;
  checkWhole("teacherCandidates", teacherCandidates, 1);
  if (teacher) checkGuards(guards, teacher.scoreScale);
  else if (options.guards) throw invalid("guards", guards, "guards need a teacher that scores.");
  return { ...options, perQuery, ranks, randomShare, positiveFrom, seed, teacherCandidates, guards };
}
