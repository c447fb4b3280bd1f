import { eventLoopTurns } from "../../retrieve/event-loop-turns.js";
import { RankwrightError, show } from "../../types/index.js";
import { chooseAlphabet } from "./alphabet.js";
import { learnPieces } from "./learn-pieces.js";
import { SPECIAL_TOKENS, type TokenizerDefinition, tokenizerDefinition } from "./tokenizer-definition.js";
import { WordCounts } from "./word-counts.js";

export interface VocabularyOptions {
  /** How many pieces to learn, special tokens and characters included; fewer where the texts are few. */
  readonly size: number;
  /** Pairs of pieces that occur less often are not merged. Default 2. */
  readonly minFrequency?: number | undefined;
  /** At most so many different characters, the most frequent ones; words with others are unknown. Default 1000. */
  readonly alphabetLimit?: number | undefined;
  /** Characters to know even where the texts lack them, as the normalizer leaves them. Default none. */
  readonly alphabet?: Iterable<string> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then: first with texts read, of which nobody knows how many come, then with pieces. */
  readonly onProgress?: ((progress: VocabularyProgress) => void) | undefined;
}

export type VocabularyProgress =
  | { readonly stage: "read"; readonly texts: number }
  | { readonly stage: "learn"; readonly pieces: number; readonly size: number };

const LARGEST = 2 ** 20;

/**
 * Learns a lower-casing WordPiece tokenizer from texts: the object to write as tokenizer.json, which
 * `buildTokenizer` takes as well. The same texts in any order give the same tokenizer.
 *
 * @throws RankwrightError INVALID_OPTION, ABORTED, EMPTY_FILE where the texts hold no word
 */
export async function trainVocabulary(
  texts: Iterable<string> | AsyncIterable<string>,
  options: VocabularyOptions,
): Promise<TokenizerDefinition> {
  const { size, minFrequency = 2, alphabetLimit = 1000, signal, onProgress } = options;
  requireWhole("size", size, SPECIAL_TOKENS.length + 1, LARGEST);
  requireWhole("minFrequency", minFrequency, 1, Number.MAX_SAFE_INTEGER);
  requireWhole("alphabetLimit", alphabetLimit, 1, LARGEST);
  const wanted = new Set(options.alphabet ?? []);
  const counts = new WordCounts();
  let read = 0;
  const turn = eventLoopTurns(signal, () => onProgress?.({ stage: "read", texts: read }));
  for await (const text of texts) {
    counts.add(text);
    read++;
    await turn();
  }
  const words = counts.words();
  if (words.size === 0) {
    throw new RankwrightError(
      "EMPTY_FILE",
      `the ${read} texts hold no word to learn pieces from; give texts`,
      {
        field: "texts",
        value: read,
      },
    );
  }
  const pieces = await learnPieces(words, {
    special: SPECIAL_TOKENS,
    alphabet: chooseAlphabet(words, wanted, alphabetLimit),
    wanted,
    size,
    minFrequency,
    signal,
    onProgress: (learned) => onProgress?.({ stage: "learn", pieces: learned, size }),
  });
  if (pieces.length > size) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `size is ${size}, but special tokens and characters alone take ${pieces.length}; raise it or lower alphabetLimit`,
      { field: "size", value: size },
    );
  }
  return tokenizerDefinition(pieces);
}

function requireWhole(field: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RankwrightError(
    "INVALID_OPTION",
    `${field} is ${show(value)}; it must be a whole number from ${least} to ${most}`,
    { field, value },
  );
}
