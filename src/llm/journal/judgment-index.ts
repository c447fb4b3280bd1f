import { hash } from "node:crypto";
import { HashTable } from "./hash-table.js";
import type { JudgmentKey } from "./judgment.js";

/** What is known of a question. */
export interface KnownAnswer {
  /** p(a is more relevant than b); null where the answer could not be used. */
  readonly preference: number | null;
  /** False where the answer was given to another prompt: a text, the template or the model was another. */
  readonly samePrompt: boolean;
}

/**
 * Which questions have been answered, and how, in 60 to 100 bytes each. Hashes of 128 bits stand for ids and
 * prompts.
 */
export class JudgmentIndex {
  #size = 0;
  /** Of each answer, four words. */
  #prompts = new Uint32Array(4 * 1024);
  /** p(the document shown first is more relevant); NaN where the answer could not be used. */
  #preferences = new Float64Array(1024);
  readonly #byIds = new HashTable();
  readonly #byPrompt = new HashTable();

  get size(): number {
    return this.#size;
  }

  find(key: JudgmentKey): KnownAnswer | undefined {
    const row = this.#byIds.get(idsOf(key));
    if (row === undefined) return undefined;
    const prompt = promptOf(key);
    const samePrompt = prompt.every((word, i) => word === this.#prompts[4 * row + i]);
    return { preference: this.#preference(row, key), samePrompt };
  }

  /** What this judge answered to this prompt, under whatever ids. */
  findPrompt(key: JudgmentKey): KnownAnswer | undefined {
    const row = this.#byPrompt.get(promptOf(key));
    return row === undefined ? undefined : { preference: this.#preference(row, key), samePrompt: true };
  }

  /** False where these ids were answered before. */
  add(key: JudgmentKey, preference: number | null): boolean {
    const ids = idsOf(key);
    if (this.#byIds.get(ids) !== undefined) return false;
    if (this.#size === this.#preferences.length) this.#grow();
    const row = this.#size++;
    const prompt = promptOf(key);
    this.#prompts.set(prompt, 4 * row);
    this.#preferences[row] = preference === null ? Number.NaN : turned(preference, key);
    this.#byIds.add(ids, row);
    if (this.#byPrompt.get(prompt) === undefined) this.#byPrompt.add(prompt, row);
    return true;
  }

  #preference(row: number, key: JudgmentKey): number | null {
    const first = this.#preferences[row]!;
    return Number.isNaN(first) ? null : turned(first, key);
  }

  #grow(): void {
    const [prompts, preferences] = [this.#prompts, this.#preferences];
    this.#prompts = new Uint32Array(2 * prompts.length);
    this.#prompts.set(prompts);
    this.#preferences = new Float64Array(2 * preferences.length);
    this.#preferences.set(preferences);
  }
}

/** From a's probability to that of the document shown first, and back. */
function turned(preference: number, { order }: JudgmentKey): number {
  return order === "ab" ? preference : 1 - preference;
}

/** The same for a pair whichever of its documents is called a. */
function idsOf({ judge, query, documents, order }: JudgmentKey): Uint32Array {
  const shown = order === "ab" ? documents : documents.toReversed();
  const queries = typeof query === "string" ? [query, query] : order === "ab" ? query : query.toReversed();
  return words(JSON.stringify([judge, queries, shown]));
}

/** Judges that share a model are asked one by one all the same. */
function promptOf({ judge, hash: prompt }: JudgmentKey): Uint32Array {
  return words(`${prompt} ${judge}`);
}

function words(text: string): Uint32Array {
  const digest = hash("sha256", text, "buffer");
  const key = new Uint32Array(4);
  for (let i = 0; i < 4; i++) key[i] = digest.readUInt32LE(4 * i);
  return key;
}
