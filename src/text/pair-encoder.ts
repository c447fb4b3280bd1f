import { type Document, RankwrightError } from "../types/index.js";
import { buildSequence } from "./build-sequence.js";
import { countTitleTokens, type DocumentTokens, documentTokens } from "./document-tokens.js";
import type { EncodedDocument, EncodedQuery } from "./encoded-pair.js";
import { type PairOptions, type PairSettings, pairSettings, type TokenCaps } from "./pair-options.js";
import type { Tokenizer } from "./tokenizer.js";
import { longestFirst, shrinkHeadTail } from "./truncation.js";
import { planWindows, type TokenRange } from "./windows.js";

/**
 * Puts queries and documents together as a cross-encoder reads them. A document is its title, a space
 * and its text, tokenized as one string. Where not all of it fits, a title takes up at most half of the
 * document's room.
 */
export class PairEncoder {
  readonly settings: PairSettings;
  private readonly tokenizer: Tokenizer;
  private readonly options: PairOptions;

  /** @throws INVALID_OPTION */
  constructor(tokenizer: Tokenizer, options: PairOptions) {
    this.tokenizer = tokenizer;
    this.options = options;
    this.settings = pairSettings(options, tokenizer.template);
  }

  /** The same encoder with tighter caps; caps that are wider than its own, or than the room, change nothing. */
  capped({ maxQueryTokens, maxDocumentTokens }: TokenCaps): PairEncoder {
    const { queryCap, documentCap, room } = this.settings;
    const tighter = {
      ...(maxQueryTokens !== undefined && maxQueryTokens < Math.min(queryCap, room) && { maxQueryTokens }),
      ...(maxDocumentTokens !== undefined && maxDocumentTokens < documentCap && { maxDocumentTokens }),
    };
    if (Object.keys(tighter).length === 0) return this;
    return new PairEncoder(this.tokenizer, { ...this.options, ...tighter });
  }

  /** @throws DOCUMENT_TRUNCATED if the policy is `error` and the query alone is too long */
  encodeQuery(query: string): EncodedQuery {
    const { room, queryCap, policy } = this.settings;
    const fits = Math.min(room, queryCap);
    const { ids, total } = this.tokenizer.encode(query, { head: fits });
    if (policy === "error" && total > fits) {
      throw new RankwrightError(
        "DOCUMENT_TRUNCATED",
        `query has ${total} tokens, ${fits} fit and truncation is "error": shorten it or choose another truncation.`,
        { field: "query", value: query },
      );
    }
    return { ids, tokensTotal: total, truncated: total > fits, malformed: !query.isWellFormed() };
  }

  /** @throws DOCUMENT_TRUNCATED if the policy is `error` and the document does not fit */
  encodeDocument(query: EncodedQuery, document: Document): EncodedDocument {
    const { windows, policy, room, queryCap, documentCap } = this.settings;
    if (windows !== undefined) return this.encodeWindows(query, document, windows);
    const { head, tail } = this.settings.headTail;
    const tokens = documentTokens(this.tokenizer, document, room, policy === "head_tail" ? tail : 0);
    const lengths =
      policy === "longest_first"
        ? longestFirst(Math.min(query.tokensTotal, queryCap), Math.min(tokens.total, documentCap), room)
        : { query: query.ids.length, document: Math.min(room - query.ids.length, documentCap) };
    if (tokens.total <= lengths.document) {
      return this.result(query, lengths.query, document, tokens, [[{ from: 0, to: tokens.total }]]);
    }
    if (policy === "error") throw tooLong(tokens.total, lengths.document);
    if (policy === "head_tail") {
      const kept = tokens.ids.length;
      const part = shrinkHeadTail(head, tail, lengths.document);
      const ranges = [
        { from: 0, to: part.head },
        { from: kept - part.tail, to: kept },
      ];
      return this.result(query, lengths.query, document, tokens, [ranges]);
    }
    return this.cutEnd(query, lengths.query, document, tokens, lengths.document);
  }

  /** Keeps the beginning; of a title that takes up more than half of it, only that half. */
  private cutEnd(
    query: EncodedQuery,
    queryLength: number,
    document: Document,
    tokens: DocumentTokens,
    length: number,
  ): EncodedDocument {
    const half = Math.floor(length / 2);
    if (tokens.titleTokens <= half) {
      return this.result(query, queryLength, document, tokens, [[{ from: 0, to: length }]]);
    }
    const all = documentTokens(
      this.tokenizer,
      document,
      countTitleTokens(this.tokenizer, document) + length + 1,
    );
    const text = Math.min(all.ids.length - all.titleTokens, length - half);
    const ranges = [
      { from: 0, to: length - text },
      { from: all.titleTokens, to: all.titleTokens + text },
    ];
    return this.result(query, queryLength, document, all, [ranges]);
  }

  private encodeWindows(
    query: EncodedQuery,
    document: Document,
    windows: NonNullable<PairSettings["windows"]>,
  ): EncodedDocument {
    const { room, documentCap } = this.settings;
    const left = room - query.ids.length;
    const most = countTitleTokens(this.tokenizer, document) + windows.maxWindows * windows.tokens + 1;
    const tokens = documentTokens(this.tokenizer, document, most);
    const { titleTokens } = tokens;
    const title = Math.min(titleTokens, Math.floor(left / 2), documentCap);
    const size = Math.min(windows.tokens, left - title);
    const text = Math.min(tokens.ids.length - titleTokens, documentCap - title);
    const plan = planWindows(tokens.starts.subarray(titleTokens), text, {
      size,
      overlap: Math.floor((windows.overlap * size) / windows.tokens),
      maxWindows: windows.maxWindows,
    });
    const result = this.result(
      query,
      query.ids.length,
      document,
      tokens,
      plan.map(({ from, to }) => [
        { from: 0, to: title },
        { from: titleTokens + from, to: titleTokens + to },
      ]),
    );
    if (this.settings.policy === "error" && result.truncated)
      throw tooLong(result.tokensTotal, result.tokensSeen);
    return result;
  }

  private result(
    query: EncodedQuery,
    queryLength: number,
    { title = "", text }: Document,
    tokens: DocumentTokens,
    windows: readonly (readonly TokenRange[])[],
  ): EncodedDocument {
    // Windows overlap but for the title, so that together they reach as far as the last one does.
    let seen = windows.length > 1 ? windows.at(-1)!.at(-1)!.from - tokens.titleTokens : 0;
    for (const { from, to } of windows.at(-1)!) seen += to - from;
    const kept = queryLength < query.ids.length ? query.ids.subarray(0, queryLength) : query.ids;
    return {
      sequences: windows.map((ranges) => buildSequence(this.tokenizer.template, kept, tokens, ranges)),
      tokensSeen: seen,
      tokensTotal: tokens.total,
      truncated: seen < tokens.total,
      queryTruncated: queryLength < query.tokensTotal,
      malformed: !text.isWellFormed() || !title.isWellFormed(),
    };
  }
}

function tooLong(total: number, fits: number): RankwrightError {
  return new RankwrightError(
    "DOCUMENT_TRUNCATED",
    `A document has ${total} tokens, ${fits} fit and truncation is "error": shorten it, set windows or choose another truncation.`,
    { field: "documents", value: total },
  );
}
