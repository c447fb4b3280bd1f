import type { Random } from "../../numbers/random.js";

/** What may stand in place of a token. */
export interface MaskVocabulary {
  readonly maskId: number;
  /** Ids are below it. */
  readonly size: number;
  /** Never drawn as a random token. */
  readonly special: ReadonlySet<number>;
}

export interface MaskOptions {
  /** Share of the tokens to predict. */
  readonly share: number;
  /** Mask all tokens of a word or none. */
  readonly wholeWords: boolean;
}

export interface MaskedTokens {
  readonly ids: Int32Array;
  /** Places of the tokens to predict, ascending. */
  readonly positions: readonly number[];
  /** What stood there. */
  readonly labels: readonly number[];
}

/**
 * Chooses tokens to predict, at least one, and replaces 80 % of them by the mask, 10 % by a random token, and
 * leaves 10 % (Devlin et al., "BERT", 2019, section 3.1). Of whole words (Cui et al., 2021) those are taken,
 * in random order, that still fit into the share.
 *
 * @param words places of the tokens of each word, special tokens excluded; at least one
 */
export function maskTokens(
  ids: Int32Array,
  words: readonly (readonly number[])[],
  vocabulary: MaskVocabulary,
  { share, wholeWords }: MaskOptions,
  random: Random,
): MaskedTokens {
  const units = wholeWords ? words.slice() : words.flatMap((word) => word.map((place) => [place]));
  const tokens = words.reduce((sum, word) => sum + word.length, 0);
  const wanted = Math.max(1, Math.round(share * tokens));
  const chosen: number[] = [];
  for (const unit of random.shuffle(units)) {
    if (chosen.length > 0 && chosen.length + unit.length > wanted) continue;
    chosen.push(...unit);
    if (chosen.length >= wanted) break;
  }
  const positions = chosen.sort((a, b) => a - b);
  const masked = ids.slice();
  for (const place of positions) {
    const chance = random.float();
    if (chance < 0.8) masked[place] = vocabulary.maskId;
    else if (chance < 0.9) masked[place] = randomToken(vocabulary, random);
  }
  return { ids: masked, positions, labels: positions.map((place) => ids[place] as number) };
}

function randomToken({ size, special }: MaskVocabulary, random: Random): number {
  let id = random.int(size);
  while (special.has(id)) id = random.int(size);
  return id;
}
