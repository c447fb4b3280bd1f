import type { Encoding, SpecialRun, Tokenizer } from "../../text/index.js";

/** A sequence for masked language modelling, special tokens included. */
export interface TextChunk {
  readonly ids: Int32Array;
  readonly typeIds: Int32Array;
  /** Places of the tokens of each word. */
  readonly words: readonly (readonly number[])[];
}

/** Tokens below which a text, or what is left of it, teaches too little. */
const LEAST_TOKENS = 8;

/**
 * Cuts a text into chunks of about equal length, none longer than `maxTokens`. With a `lead` each is a pair as
 * a cross-encoder reads it: the lead (cut to a quarter of the room) in the place of the query, the chunk in
 * that of the document. None where the text has fewer than eight tokens.
 *
 * @param lead empty for none
 * @param maxTokens tokens of a chunk with its special tokens; room for eight of the text is needed
 */
export function textChunks(tokenizer: Tokenizer, lead: string, text: string, maxTokens: number): TextChunk[] {
  const { before, between, after, queryType, documentType } = tokenizer.template;
  const specials = before.ids.length + after.ids.length;
  const paired = lead.trim() !== "";
  const room = maxTokens - specials - (paired ? between.ids.length : 0);
  const leadTokens = paired ? tokenizer.encode(lead, { head: Math.max(1, Math.floor(room / 4)) }) : undefined;
  const body = tokenizer.encode(text);
  const total = body.ids.length;
  if (total < LEAST_TOKENS) return [];
  const count = Math.ceil(total / (room - (leadTokens?.ids.length ?? 0)));
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * total) / count);
    const to = Math.floor(((i + 1) * total) / count);
    const builder = new ChunkBuilder();
    builder.special(before);
    if (leadTokens) {
      builder.text(leadTokens, 0, leadTokens.ids.length, queryType);
      builder.special(between);
    }
    builder.text(body, from, to, paired ? documentType : queryType);
    if (paired) builder.special(after);
    else builder.special({ ids: after.ids, types: after.ids.map(() => queryType) });
    return builder.chunk();
  });
}

class ChunkBuilder {
  readonly #ids: number[] = [];
  readonly #types: number[] = [];
  readonly #words: number[][] = [];

  special({ ids, types }: SpecialRun): void {
    this.#ids.push(...ids);
    this.#types.push(...types);
  }

  text({ ids, starts }: Encoding, from: number, to: number, type: number): void {
    for (let i = from; i < to; i++) {
      if (i === from || starts[i] !== starts[i - 1]) this.#words.push([]);
      this.#words.at(-1)?.push(this.#ids.length);
      this.#ids.push(ids[i] as number);
      this.#types.push(type);
    }
  }

  chunk(): TextChunk {
    return {
      ids: Int32Array.from(this.#ids),
      typeIds: Int32Array.from(this.#types),
      words: this.#words,
    };
  }
}
