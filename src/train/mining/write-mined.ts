import { abortedError } from "../../files/aborted-error.js";
import { writeFile } from "../../files/write-file.js";
import { invalid } from "../../numbers/check.js";
import type { Document } from "../../types/index.js";
import type { TrainingExample } from "../example.js";
import type { MinedNegatives } from "./mined-negatives.js";

/**
 * What a line holds: a query with all its documents (`lists`, for listwise losses), with one positive and one
 * negative (`triples`, for Margin-MSE and RankNet), or with one document (`pairs`, for pointwise losses).
 */
export type MinedFormat = "lists" | "triples" | "pairs";

export interface WriteMinedOptions {
  readonly format: MinedFormat;
  /** 1 and 0 (default), or what the teacher gave: probabilities or scores. */
  readonly targets?: "labels" | "teacher" | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the examples written. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const PROGRESS_EXAMPLES = 256;

/**
 * Writes mined examples as JSON Lines that `openDataset` reads, compressed where the name ends in `.gz`. As
 * lists and triples, examples that got no negative are left out. An older file survives a failure.
 *
 * @returns lines written
 * @throws RankwrightError INVALID_OPTION, WRITE_FAILED, ABORTED
 */
export async function writeMined(
  path: string,
  mined: MinedNegatives,
  { format, targets = "labels", signal, onProgress }: WriteMinedOptions,
): Promise<number> {
  const { scoreScale } = mined;
  if (targets === "teacher" && scoreScale === undefined) {
    throw invalid("targets", targets, "these were mined without a teacher; write labels.");
  }
  const keys = targets === "labels" ? LABELS : scoreScale === "probability" ? PROBABILITIES : SCORES;
  let lines = 0;
  const content = function* () {
    let done = 0;
    for (const example of mined.examples(targets)) {
      if (signal?.aborted) throw abortedError(signal);
      for (const line of LINES[format](example, mined.positivesOf(done), keys)) {
        lines++;
        yield `${JSON.stringify(line)}\n`;
      }
      done++;
      if (done % PROGRESS_EXAMPLES === 0) onProgress?.(done, mined.size);
    }
    onProgress?.(done, mined.size);
  };
  await writeFile(path, content());
  return lines;
}

interface TargetKeys {
  readonly one: string;
  readonly many: string;
  /** What triples say of their two documents beyond which is which. */
  readonly triples: boolean;
}

const LABELS: TargetKeys = { one: "label", many: "labels", triples: false };
const SCORES: TargetKeys = { one: "score", many: "scores", triples: true };
const PROBABILITIES: TargetKeys = { one: "probability", many: "probabilities", triples: true };

type Lines = (example: TrainingExample, positives: number, keys: TargetKeys) => Iterable<object>;

const LINES: Readonly<Record<MinedFormat, Lines>> = {
  *lists({ query, documents, targets }, positives, { many }) {
    if (documents.length > positives) yield { query, documents: documents.map(written), [many]: targets };
  },
  *triples({ query, documents, targets }, positives, { many, triples }) {
    for (let p = 0; p < positives; p++) {
      for (let n = positives; n < documents.length; n++) {
        const line = { query, positive: written(documents[p]!), negative: written(documents[n]!) };
        yield triples ? { ...line, [many]: [targets[p], targets[n]] } : line;
      }
    }
  },
  *pairs({ query, documents, targets }, _, { one }) {
    for (const [i, document] of documents.entries()) {
      yield { query, document: written(document), [one]: targets[i] };
    }
  },
};

function written({ title, text }: Document): string | Document {
  return title === undefined ? text : { title, text };
}
