import { RARITIES } from "../../models/lexical/layout.js";
import type { Pieces } from "../../models/lexical/lexicon.js";
import { eventLoopTurns } from "../../retrieve/event-loop-turns.js";
import type { Tokenizer } from "../../text/index.js";
import { RankwrightError } from "../../types/index.js";

export interface RarityOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with how many texts were read. */
  readonly onProgress?: ((texts: number) => void) | undefined;
}

/**
 * How rare each piece of a vocabulary is, as `LexicalFeatures` wants to know it: level r for about one of 2^r
 * texts. A piece that begins words counts where it is a whole word, one inside words wherever it stands, and
 * the unknown id has the average level of the words that take several pieces: on real text that is
 * nearer to the truth than anything made of their pieces' levels.
 *
 * @param texts of passages' length; longer ones make all words look common
 * @throws RankwrightError ABORTED, EMPTY_FILE without texts
 */
export async function countRarity(
  texts: Iterable<string> | AsyncIterable<string>,
  tokenizer: Tokenizer,
  { pieces, unknownId }: Pieces,
  { signal, onProgress }: RarityOptions = {},
): Promise<Uint8Array> {
  const counts = new Float64Array(pieces.length);
  /** The text in which a piece was counted last. */
  const seenIn = new Int32Array(pieces.length).fill(-1);
  const longWords = new Map<string, number>();
  let read = 0;
  const turn = eventLoopTurns(signal, () => onProgress?.(read));
  for await (const text of texts) {
    const { ids } = tokenizer.encode(text);
    const long = new Set<string>();
    const count = (id: number) => {
      if (seenIn[id] !== read) counts[id]!++;
      seenIn[id] = read;
    };
    for (let from = 0, to = 0; from < ids.length; from = to) {
      for (to = from + 1; to < ids.length && isInside(pieces[ids[to]!]!); to++) count(ids[to]!);
      if (to === from + 1) count(ids[from]!);
      else long.add(ids.subarray(from, to).join());
    }
    for (const word of long) longWords.set(word, (longWords.get(word) ?? 0) + 1);
    read++;
    await turn();
  }
  if (read === 0) {
    throw new RankwrightError("EMPTY_FILE", "there are no texts to count rarity in; give some", {
      field: "texts",
      value: read,
    });
  }
  const levels = Uint8Array.from(counts, (count) => level(count, read));
  levels[unknownId] = averageLevel([...longWords.values()], read);
  return levels;
}

function isInside(piece: string): boolean {
  return piece.length > 2 && piece.startsWith("##");
}

/** −log₂ of the share of texts, to the nearest level; what no text holds counts as half a text. */
function level(count: number, texts: number): number {
  const bits = Math.log2(texts / Math.max(count, 0.5));
  return Math.min(RARITIES - 1, Math.max(0, Math.round(bits)));
}

/** Over all texts' words, so that a frequent word counts more; the rarest level without words. */
function averageLevel(counts: readonly number[], texts: number): number {
  const words = counts.reduce((sum, count) => sum + count, 0);
  if (words === 0) return RARITIES - 1;
  return Math.round(counts.reduce((sum, count) => sum + count * level(count, texts), 0) / words);
}
