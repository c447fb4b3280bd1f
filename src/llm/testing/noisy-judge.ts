import { Random } from "../../numbers/random.js";
import type { ChatRequest, TokenLogprob } from "../chat-model.js";
import type { Reply } from "./scripted-model.js";
import { type ShownDocument, shownDocuments } from "./shown-documents.js";

export interface NoisyJudgeOptions {
  /** How good a document really is, by its text. */
  readonly worth: (text: string) => number;
  /** Standard deviation of what is added to each document in each prompt. Default: 0. */
  readonly noise?: number;
  /** What the place in a prompt adds, from 0 for the first to 1 for the last. Default: nothing. */
  readonly positionBias?: (place: number) => number;
  readonly seed?: number;
}

/**
 * The script of a judge with hidden true scores, for `scriptedModel`: it sees the true score of each document with noise
 * and a bias by place, and answers what the prompt asks for, an order or the best one. The same prompt always gets the
 * same answer, as from a model at temperature 0; another order of the same documents is another prompt.
 */
export function noisyJudge({ worth, noise = 0, positionBias = () => 0, seed = 1 }: NoisyJudgeOptions) {
  return (request: ChatRequest): Reply => {
    const shown = shownDocuments(request);
    const random = new Random((hash(request) + seed * 7919) % 2 ** 31);
    const seen = shown.map(({ text }, index) => {
      const place = shown.length < 2 ? 0 : index / (shown.length - 1);
      return worth(text) + noise * gaussian(random) + positionBias(place);
    });
    const best = shown.map((_, index) => index).sort((a, b) => seen[b]! - seen[a]!);
    const last = request.messages.at(-1)?.content ?? "";
    if (/Output (?:only the passage label|Passage A or)/.test(last)) return shown[best[0]!]!.id;
    const text = best.map((index) => `[${shown[index]!.id}]`).join(" > ");
    return request.topLogprobs ? { text, logprobs: firstTokens(shown, seen, best) } : text;
  };
}

/** `[` and the letter of the best document, with the others by the softmax of what was seen. */
function firstTokens(
  shown: readonly ShownDocument[],
  seen: readonly number[],
  best: readonly number[],
): TokenLogprob[] {
  const high = Math.max(...seen);
  const total = Math.log(seen.reduce((sum, value) => sum + Math.exp(value - high), 0)) + high;
  const top = best.map((index) => ({ token: shown[index]!.id, logprob: seen[index]! - total }));
  return [
    { token: "[", logprob: 0, top: [{ token: "[", logprob: 0 }] },
    { ...top[0]!, top },
  ];
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}

/** FNV-1a of the messages. */
function hash({ messages }: ChatRequest): number {
  let value = 0x811c9dc5;
  for (const { content } of messages) {
    for (let i = 0; i < content.length; i++) value = Math.imul(value ^ content.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
