import { eventLoopTurns } from "../../retrieve/event-loop-turns.js";
import { characterPieces, PREFIX } from "./alphabet.js";
import { PieceWords } from "./piece-words.js";

export interface LearnOptions {
  /** Pieces that come first, such as [PAD]. */
  readonly special: readonly string[];
  readonly alphabet: readonly string[];
  /** Characters of the alphabet that go on inside words even where no word shows it. */
  readonly wanted: ReadonlySet<string>;
  /** How many pieces there shall be, special ones and characters included. */
  readonly size: number;
  /** Pairs that occur less often are not merged. */
  readonly minFrequency: number;
  readonly signal?: AbortSignal | undefined;
  /** Called between turns with how many pieces there are. */
  readonly onProgress?: ((pieces: number) => void) | undefined;
}

/**
 * The pieces of a WordPiece vocabulary, in the order of their ids: special ones, characters, and what
 * merging the most frequent pair of neighbouring pieces gives, again and again (byte-pair encoding:
 * Sennrich et al., 1508.07909; with `##` before pieces inside words, as `WordPieceTrainer` of Hugging
 * Face's tokenizers learns them). Of equally frequent pairs the one of the smaller ids is merged, so that
 * the same words give the same pieces. Words with a character outside the alphabet teach nothing, since
 * the tokenizer knows no part of them.
 *
 * @throws RankwrightError ABORTED
 */
export async function learnPieces(
  words: ReadonlyMap<string, number>,
  options: LearnOptions,
): Promise<readonly string[]> {
  const { size, minFrequency } = options;
  const pieces = [...options.special, ...characterPieces(words, options.alphabet, options.wanted)];
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const turn = eventLoopTurns(options.signal, () => options.onProgress?.(pieces.length));
  const rows = new PieceWords(spellings(words, ids));
  while (pieces.length < size) {
    const pair = rows.mostFrequent();
    if (pair === undefined || pair.count < minFrequency) break;
    const piece = pieces[pair.left]! + pieces[pair.right]!.slice(PREFIX.length);
    // Other pairs may have made the same piece before.
    const id = ids.get(piece) ?? pieces.length;
    if (id === pieces.length) {
      pieces.push(piece);
      ids.set(piece, id);
    }
    rows.merge(pair, id);
    await turn();
  }
  return pieces;
}

/** The characters of each word as ids. */
function spellings(
  words: ReadonlyMap<string, number>,
  ids: ReadonlyMap<string, number>,
): (readonly [readonly number[], number])[] {
  const rows: (readonly [readonly number[], number])[] = [];
  for (const [word, count] of words) {
    const spelled = Array.from(word, (character, i) => ids.get(i === 0 ? character : PREFIX + character));
    if (spelled.every((id) => id !== undefined)) rows.push([spelled, count]);
  }
  return rows;
}
