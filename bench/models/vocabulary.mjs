import { Random } from "./random.mjs";
import { VOCABULARY_SIZE } from "./shapes.mjs";
import { CONTENT_WORDS, ENDINGS, FUNCTION_WORDS, inventedWord, VERBS } from "./words.mjs";

const PUNCTUATION = [..."!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"];
const ALPHABET = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
/** Words from this length on are kept as two pieces, as rare long words are in a learned vocabulary. */
const SPLIT_FROM = 12;

/**
 * A WordPiece vocabulary laid out as BERT's: special tokens at their usual ids, single characters, then
 * whole words and `##` pieces. The words of the bench's texts stand scattered among invented ones, so
 * that lookups walk a vocabulary of the real size.
 * @returns {string[]} tokens by id
 */
export function makeVocabulary() {
  const random = new Random("vocabulary");
  const tokens = ["[PAD]"];
  while (tokens.length < 100) tokens.push(`[unused${tokens.length - 1}]`);
  tokens.push("[UNK]", "[CLS]", "[SEP]", "[MASK]");
  while (tokens.length < 999) tokens.push(`[unused${tokens.length - 5}]`);
  tokens.push(...PUNCTUATION, ...ALPHABET, ...ALPHABET.map((char) => `##${char}`));

  const taken = new Set(tokens);
  const words = new Set([...usedTokens()].filter((token) => !taken.has(token)));
  while (tokens.length + words.size < VOCABULARY_SIZE) {
    const inside = random.next() < 0.2;
    const word = inventedWord(random, 1 + random.below(inside ? 2 : 4));
    const token = inside ? `##${word}` : word;
    if (!taken.has(token)) words.add(token);
  }
  tokens.push(...random.shuffle([...words]));
  return tokens;
}

/** Whole words, common inflections, numbers and pieces that the texts are made of. */
function* usedTokens() {
  for (const ending of ENDINGS) yield `##${ending}`;
  for (let n = 10; n < 100; n++) yield* [`${n}`, `##${n}`];
  for (let year = 1980; year < 2030; year++) yield `${year}`;
  for (const word of [...FUNCTION_WORDS, ...CONTENT_WORDS, ...VERBS]) {
    if (word.length === 1) continue;
    const cut = Math.ceil(word.length * 0.55);
    if (word.length >= SPLIT_FROM) yield* [word.slice(0, cut), `##${word.slice(cut)}`];
    else yield word;
  }
  for (const [rank, word] of VERBS.entries()) if (rank % 2 === 0) yield* [`${word}s`, `${word}ing`];
  for (const [rank, word] of CONTENT_WORDS.entries()) if (rank % 3 === 0) yield `${word}s`;
}
