import { judgedQueries } from "../../evaluate/collection/judged-queries.js";
import { type Collection, pickDocuments } from "../../evaluate/index.js";
import { Fingerprints } from "../../files/fingerprints.js";
import { eventLoopTurns } from "../../retrieve/event-loop-turns.js";
import type { TrainingExample } from "../example.js";
import type { Dataset, DatasetSource } from "./dataset.js";
import type { Origin } from "./invalid-data.js";
import type { Leak, LeakIndex, TestText } from "./leak-index.js";

export interface TestTextsOptions {
  /** Lowest grade of a passage that must not be trained on. Default: 1. */
  readonly relevantFrom?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What must not be trained on: the judged queries of a collection and the passages that are relevant to them,
 * by the judgments that the collection was opened with.
 *
 * @throws RankwrightError ABORTED, and what the collection throws
 */
export async function testTexts(
  collection: Collection,
  { relevantFrom = 1, signal }: TestTextsOptions = {},
): Promise<TestText[]> {
  const set = collection.name;
  const texts: TestText[] = [];
  for (const text of judgedQueries(collection).values()) texts.push({ set, role: "query", text });
  const relevant = new Set<string>();
  for (const grades of collection.qrels.values()) {
    for (const [id, grade] of grades) if (grade >= relevantFrom) relevant.add(id);
  }
  const { documents } = await pickDocuments(collection, relevant, { signal });
  for (const { title, text } of documents.values()) texts.push({ set, role: "passage", title, text });
  return texts;
}

/** An example that was removed, and why. */
export interface LeakedExample extends Leak, Origin {
  /** Which part of the example it was. */
  readonly part: "query" | "document";
}

export interface SourceLeaks {
  readonly file: string;
  readonly examples: number;
  readonly removed: number;
  /** Removed examples by the test set that they occur in, most first. */
  readonly sets: readonly { readonly set: string; readonly queries: number; readonly documents: number }[];
}

export interface LeakReport {
  readonly sources: readonly SourceLeaks[];
  readonly leaks: readonly LeakedExample[];
}

export interface RemoveLeaksOptions {
  /** Whether an example may stay, such as one from a collection's own training split. Default: none may. */
  readonly allow?: ((leak: LeakedExample) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the examples looked at. */
  readonly onProgress?: ((examples: number) => void) | undefined;
}

/**
 * Leaves out every example whose query or one of whose documents occurs among the test texts, by the rules
 * of `LeakIndex`. Reads the data twice: stock phrases first.
 *
 * @throws RankwrightError ABORTED
 */
export async function removeLeaks(
  dataset: Dataset,
  index: LeakIndex,
  { allow = () => false, signal, onProgress }: RemoveLeaksOptions = {},
): Promise<{ readonly dataset: Dataset; readonly report: LeakReport }> {
  const leaks = new Map<number, LeakedExample>();
  let done = 0;
  const nextTurn = eventLoopTurns(signal, () => onProgress?.(done));
  const met = new Fingerprints();
  for (const { example } of dataset.entries()) {
    await nextTurn();
    for (const { text } of example.documents) if (met.add(text)) index.observe(text);
  }
  index.dropStock();
  for (const { number, example } of dataset.entries()) {
    await nextTurn();
    done++;
    const found = findLeak(example, index);
    if (!found) continue;
    const leak = { ...dataset.origin(number), ...found };
    if (allow(leak)) continue;
    leaks.set(number, leak);
  }
  onProgress?.(done);
  const report = {
    sources: dataset.sources.map((source) => summary(source, leaks)),
    leaks: [...leaks.values()],
  };
  return { dataset: dataset.where((number) => !leaks.has(number)), report };
}

function findLeak(
  { query, documents }: TrainingExample,
  index: LeakIndex,
): Omit<LeakedExample, keyof Origin> | undefined {
  const asked = query === "" ? undefined : index.find({ role: "query", text: query });
  if (asked) return { ...asked, part: "query" };
  for (const { title, text } of documents) {
    const read = index.find({ role: "passage", title, text });
    if (read) return { ...read, part: "document" };
  }
  return undefined;
}

function summary({ file, numbers }: DatasetSource, leaks: ReadonlyMap<number, LeakedExample>): SourceLeaks {
  const own = [...numbers].flatMap((number) => leaks.get(number) ?? []);
  const sets = [...new Set(own.map(({ set }) => set))].map((set) => {
    const of = (part: LeakedExample["part"]) =>
      own.filter((leak) => leak.set === set && leak.part === part).length;
    return { set, queries: of("query"), documents: of("document") };
  });
  sets.sort((a, b) => b.queries + b.documents - a.queries - a.documents);
  return { file, examples: numbers.length, removed: own.length, sets };
}
