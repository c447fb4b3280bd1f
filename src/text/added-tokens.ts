import { asArray, asFlag, asIndex, asObject, asString } from "./json.js";
import { Normalized } from "./normalized.js";
import { type Normalizer, WHOLE } from "./normalizers/normalizer.js";
import { NO_NODE, NO_VALUE, Trie } from "./trie.js";
import { isWhitespace } from "./unicode/whitespace.js";

/** An entry of `added_tokens`: a string that is one token, whatever the model would make of it. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly singleWord: boolean;
  readonly leftStrip: boolean;
  readonly rightStrip: boolean;
  readonly normalized: boolean;
  readonly special: boolean;
}

export function parseAddedTokens(part: unknown, field: string): readonly AddedToken[] {
  if (part === undefined || part === null) return [];
  return asArray(part, field).map((entry, i) => {
    const at = `${field}[${i}]`;
    const json = asObject(entry, at);
    return {
      id: asIndex(json.id, `${at}.id`),
      content: asString(json.content, `${at}.content`),
      singleWord: asFlag(json.single_word, `${at}.single_word`, false),
      leftStrip: asFlag(json.lstrip, `${at}.lstrip`, false),
      rightStrip: asFlag(json.rstrip, `${at}.rstrip`, false),
      normalized: asFlag(json.normalized, `${at}.normalized`, true),
      special: asFlag(json.special, `${at}.special`, false),
    };
  });
}

/** An added token found in a text, whitespace that it swallows included. */
export interface AddedMatch {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Finds added tokens, leftmost and longest first. Special tokens are never recognised in a user's text,
 * yet they hide what lies inside them, as in the reference.
 */
export class AddedTokenMatcher {
  private readonly trie = new Trie();
  private readonly tokens: readonly AddedToken[];

  private constructor(tokens: readonly AddedToken[], patterns: readonly string[]) {
    this.tokens = tokens;
    patterns.forEach((pattern, i) => {
      if (pattern !== "") this.trie.set(pattern, i);
    });
  }

  /** For the raw text; undefined where no token could match. */
  static raw(tokens: readonly AddedToken[]): AddedTokenMatcher | undefined {
    const own = tokens.filter((token) => !token.normalized);
    if (own.every((token) => token.special)) return undefined;
    return new AddedTokenMatcher(
      own,
      own.map((token) => token.content),
    );
  }

  /** For the normalised text: the tokens are normalised too. */
  static normalized(tokens: readonly AddedToken[], normalize?: Normalizer): AddedTokenMatcher | undefined {
    const own = tokens.filter((token) => token.normalized);
    if (own.every((token) => token.special)) return undefined;
    return new AddedTokenMatcher(
      own,
      own.map(({ content }) => normalize?.(new Normalized(content, 0), WHOLE).text ?? content),
    );
  }

  /** All matches in text[from, to), which is looked at as if nothing stood around it. */
  find(text: string, from: number, to: number): AddedMatch[] {
    const matches: AddedMatch[] = [];
    let covered = from;
    for (let at = from; at < to; ) {
      const end = this.longestAt(text, at, to);
      if (end === undefined) {
        at++;
        continue;
      }
      const token = this.tokens[end.token]!;
      if (!token.special && !(token.singleWord && !standsAlone(text, at, end.at, from, to))) {
        let start = at;
        let stop = end.at;
        if (token.leftStrip) while (start > covered && isWhitespace(text.charCodeAt(start - 1))) start--;
        if (token.rightStrip) while (stop < to && isWhitespace(text.charCodeAt(stop))) stop++;
        matches.push({ id: token.id, from: start, to: stop });
        covered = stop;
      }
      at = end.at;
    }
    return matches;
  }

  private longestAt(text: string, from: number, to: number): { at: number; token: number } | undefined {
    let at = from;
    let best = NO_VALUE;
    let node = 0;
    for (let i = from; i < to; i++) {
      node = this.trie.step(node, text.charCodeAt(i));
      if (node === NO_NODE) break;
      const token = this.trie.value(node);
      if (token !== NO_VALUE) {
        at = i + 1;
        best = token;
      }
    }
    return best === NO_VALUE ? undefined : { at, token: best };
  }
}

const WORD_END = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u;
const WORD_START = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

function standsAlone(text: string, from: number, to: number, first: number, last: number): boolean {
  return (
    !WORD_END.test(text.slice(Math.max(first, from - 2), from)) &&
    !WORD_START.test(text.slice(to, Math.min(last, to + 2)))
  );
}
