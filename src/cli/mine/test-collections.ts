import { resolve } from "node:path";
import { openCollection } from "../../evaluate/index.js";
import { LeakIndex, type TestText, testTexts } from "../../train/data/index.js";
import { RankwrightError, type Warning } from "../../types/index.js";
import type { Io } from "../io.js";
import type { Progress } from "../terminal/progress.js";

export interface TestCollectionsJob {
  readonly io: Io;
  readonly progress: Progress;
  readonly onWarning: (warning: Warning) => void;
}

/**
 * The judged queries and relevant passages of collections, each named as `DIR` or `DIR:QRELS`.
 *
 * @throws RankwrightError NO_JUDGMENTS, and what reading throws
 */
export async function indexTests(
  collections: readonly string[],
  { io: { cwd, signal }, progress, onWarning }: TestCollectionsJob,
): Promise<LeakIndex> {
  const texts: TestText[] = [];
  for (const named of collections) {
    progress.update({ text: `test texts of ${named}` });
    const [, folder = named, qrels] = /^(.+):([^:/\\]+)$/.exec(named) ?? [];
    const collection = await openCollection(resolve(cwd, folder), { qrels, signal, onWarning });
    if (collection.qrels.size === 0) {
      throw new RankwrightError(
        "NO_JUDGMENTS",
        `${named} has no relevance judgments, so nobody knows what must not be trained on; give --against a judged collection`,
        { field: "against", value: named },
      );
    }
    for (const text of await testTexts(collection, { signal })) texts.push(text);
  }
  return new LeakIndex(texts);
}
