import type { Document } from "../../types/index.js";
import { plainWords } from "../data/plain-words.js";
import { containment, shingleHashes } from "../data/shingles.js";
import type { DocumentPool } from "./document-pool.js";

const RUN = 4;
const NEAR = 0.8;
/** Runs that the smaller text needs to be compared by them. */
const FEWEST_RUNS = 4;

/**
 * Texts that a negative must not resemble: it does where the words are the same, or where at least 80 % of the
 * runs of four words of the one with fewer runs stand in the other, so that a part of a positive counts too.
 */
export class NearTexts {
  readonly #plain = new Set<string>();
  readonly #runs: Uint32Array[] = [];

  constructor(texts: Iterable<ReadText>) {
    for (const { plain, runs } of texts) {
      this.#plain.add(plain);
      if (runs.length >= FEWEST_RUNS) this.#runs.push(runs);
    }
  }

  resembles({ plain, runs }: ReadText): boolean {
    if (this.#plain.has(plain)) return true;
    return runs.length >= FEWEST_RUNS && this.#runs.some((other) => containment(runs, other) >= NEAR);
  }
}

export interface ReadText {
  /** Its words. */
  readonly plain: string;
  readonly runs: Uint32Array;
}

/** What documents read like, by their numbers: the same ones come up for one query after another. */
export class ReadTexts {
  readonly #read = new Map<number, ReadText>();

  of(number: number, pool: DocumentPool): ReadText {
    const known = this.#read.get(number);
    if (known !== undefined) return known;
    const read = readText(pool.get(number));
    this.#read.set(number, read);
    return read;
  }
}

/** A text as `NearTexts` compares it. */
export function readText({ text }: Document): ReadText {
  const words = plainWords(text);
  return { plain: words.join(" "), runs: shingleHashes(words, RUN) };
}
