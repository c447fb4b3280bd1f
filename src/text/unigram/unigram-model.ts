import type { TokenVisitor } from "../subwords.js";
import { NO_NODE, NO_VALUE, type Trie } from "../trie.js";

/** How much less likely than the least likely piece an unknown character is (SentencePiece). */
const UNKNOWN_PENALTY = 10;
const UNREACHED = 0;

export interface UnigramPieces {
  /** Pieces that text may become; control and unknown pieces are not among them. */
  readonly trie: Trie;
  /** Log probability of each id. */
  readonly scores: Float64Array;
  readonly unknownId: number;
  /** Tokens of the 256 bytes, to spell what is unknown; undefined where the tokenizer does not. */
  readonly byteIds?: readonly number[] | undefined;
}

const utf8 = new TextEncoder();

/**
 * Unigram language model segmentation (Kudo 2018): the most likely split of a word into pieces, by the
 * Viterbi algorithm. Paths are settled block by block, so that memory does not grow with the word.
 */
export class UnigramModel {
  private readonly pieces: UnigramPieces;
  private readonly unknownScore: number;
  private readonly block: number;
  // The best path to each position behind the settled part: its score, and its last piece.
  private scores = new Float64Array(256);
  private lengths = new Int32Array(256);
  private ids = new Int32Array(256);

  constructor(pieces: UnigramPieces, block = 1 << 14) {
    this.pieces = pieces;
    this.unknownScore = pieces.scores.reduce((least, score) => Math.min(least, score)) - UNKNOWN_PENALTY;
    this.block = block;
  }

  split(word: string, visit: TokenVisitor): void {
    const out = new PathWriter(word, this.pieces, visit);
    let origin = 0;
    let reached = 0;
    let limit = this.block;
    this.scores[0] = 0;
    for (let at = 0; at < word.length; at += widthAt(word, at)) {
      if (at - origin >= limit) {
        const settled = this.settled(at - origin, reached);
        this.collect(origin, settled, out);
        this.forget(settled, reached);
        origin += settled;
        reached -= settled;
        limit = Math.max(this.block, 2 * (at - origin));
      }
      reached = this.extend(word, origin, at - origin, reached);
    }
    this.collect(origin, word.length - origin, out);
    out.finish();
  }

  /** Extends the best path to `at` by every piece that fits; returns how far any path reaches now. */
  private extend(word: string, origin: number, at: number, reached: number): number {
    const { trie, scores, unknownId } = this.pieces;
    this.reserve(at + trie.longest + 2);
    const score = this.scores[at]!;
    const width = widthAt(word, origin + at);
    let known = false;
    let furthest = reached;
    let node = 0;
    for (let i = origin + at; i < word.length; i++) {
      node = trie.step(node, word.charCodeAt(i));
      if (node === NO_NODE) break;
      const id = trie.value(node);
      if (id === NO_VALUE) continue;
      const end = i + 1 - origin;
      furthest = this.offer(furthest, end, end - at, scores[id]! + score, id);
      known ||= end - at === width;
    }
    if (!known) furthest = this.offer(furthest, at + width, width, this.unknownScore + score, unknownId);
    return furthest;
  }

  private offer(reached: number, end: number, length: number, score: number, id: number): number {
    if (end > reached) this.lengths.fill(UNREACHED, reached + 1, end + 1);
    if (this.lengths[end] === UNREACHED || score > this.scores[end]!) {
      this.scores[end] = score;
      this.lengths[end] = length;
      this.ids[end] = id;
    }
    return Math.max(reached, end);
  }

  /** The last position that all paths which can still win run through. */
  private settled(at: number, reached: number): number {
    const alive = new Uint8Array(reached + 1);
    let count = 0;
    for (let i = at; i <= reached; i++) {
      if (this.lengths[i] === UNREACHED) continue;
      alive[i] = 1;
      count++;
    }
    let i = reached;
    while (alive[i] === 0) i--;
    for (; count > 1; i--) {
      if (alive[i] === 0) continue;
      const before = i - this.lengths[i]!;
      if (alive[before] === 0) alive[before] = 1;
      else count--;
    }
    return alive.lastIndexOf(1, i);
  }

  private collect(origin: number, end: number, out: PathWriter): void {
    const path: number[] = [];
    for (let i = end; i > 0; i -= this.lengths[i]!) path.push(i);
    for (const i of path.reverse()) out.add(this.ids[i]!, origin + i);
  }

  private forget(count: number, reached: number): void {
    this.scores.copyWithin(0, count, reached + 1);
    this.lengths.copyWithin(0, count, reached + 1);
    this.ids.copyWithin(0, count, reached + 1);
  }

  private reserve(capacity: number): void {
    if (capacity <= this.scores.length) return;
    const length = 2 * capacity;
    const larger = {
      scores: new Float64Array(length),
      lengths: new Int32Array(length),
      ids: new Int32Array(length),
    };
    larger.scores.set(this.scores);
    larger.lengths.set(this.lengths);
    larger.ids.set(this.ids);
    Object.assign(this, larger);
  }
}

function widthAt(word: string, at: number): number {
  const unit = word.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff ? 2 : 1;
}

/** Hands on the pieces of a path, unknown characters in a row as one token or spelled in bytes. */
class PathWriter {
  private readonly word: string;
  private readonly pieces: UnigramPieces;
  private readonly visit: TokenVisitor;
  private end = 0;
  private unknownFrom = -1;

  constructor(word: string, pieces: UnigramPieces, visit: TokenVisitor) {
    this.word = word;
    this.pieces = pieces;
    this.visit = visit;
  }

  add(id: number, end: number): void {
    if (id === this.pieces.unknownId) {
      if (this.unknownFrom === -1) this.unknownFrom = this.end;
    } else {
      this.finish();
      this.visit(id, end);
    }
    this.end = end;
  }

  finish(): void {
    if (this.unknownFrom === -1) return;
    const { byteIds, unknownId } = this.pieces;
    if (byteIds === undefined) {
      this.visit(unknownId, this.end);
    } else {
      const bytes = utf8.encode(this.word.slice(this.unknownFrom, this.end));
      bytes.forEach((byte, i) => {
        this.visit(byteIds[byte]!, i === bytes.length - 1 ? this.end : undefined);
      });
    }
    this.unknownFrom = -1;
  }
}
