import { isUnspaced } from "./unicode/scripts.js";

/** Takes a token of a word and where it ends there, in UTF-16 units; undefined inside a character. */
export type TokenVisitor = (id: number, end: number | undefined) => void;

/** Takes a token with the part of its word that it stands for. */
export type PlacedVisitor = (id: number, from: number, to: number) => void;

/** No word is so long, but some texts are without a space. */
const MOST_TOGETHER = 4096;

/**
 * Places tokens inside their word. Where the script writes spaces all of them share the whole word;
 * beside a character of an unspaced script each stands for its own part, and so do words that a `▁` joins.
 * `skip` units at the start of the word (a space) belong to no token, and places count from behind them.
 */
export class TokenPlacer {
  private readonly word: string;
  private readonly skip: number;
  private readonly place: PlacedVisitor;
  private together: number[] = [];
  private start = 0;

  constructor(word: string, skip: number, place: PlacedVisitor) {
    this.word = word;
    this.skip = skip;
    this.place = place;
  }

  readonly add: TokenVisitor = (id, end) => {
    this.together.push(id);
    if (end === undefined || end <= this.skip || end >= this.word.length) return;
    if (this.isBoundary(end) || this.together.length >= MOST_TOGETHER) this.close(end - this.skip);
  };

  finish(): void {
    this.close(this.word.length - this.skip);
  }

  private isBoundary(at: number): boolean {
    const { word } = this;
    const next = word.charCodeAt(at);
    const last = word.charCodeAt(at - 1);
    const isTrailing = last >= 0xdc00 && last <= 0xdfff;
    return next === 0x2581 || isUnspaced(next) || isUnspaced(isTrailing ? word.charCodeAt(at - 2) : last);
  }

  private close(end: number): void {
    const marked = this.word.charCodeAt(this.start + this.skip) === 0x2581 && end > this.start + 1;
    const from = marked ? this.start + 1 : this.start;
    for (const id of this.together) this.place(id, from, end);
    this.together = [];
    this.start = end;
  }
}
