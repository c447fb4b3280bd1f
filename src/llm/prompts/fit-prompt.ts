import { RankwrightError } from "../../types/index.js";
import { type CountTokens, estimateTokens, promptTokens } from "./estimate-tokens.js";
import { type PromptInput, type RenderedPrompt, renderPrompt } from "./render-prompt.js";
import type { PromptTemplate } from "./template.js";

export interface FitOptions {
  /** Words of a document at most. Default: the template's. */
  readonly words?: number | undefined;
  /** Tokens of prompt and answer together; without it only `words` limits the prompt. */
  readonly contextTokens?: number | undefined;
  /** Of these, kept for the answer. Default: enough to name every document. */
  readonly answerTokens?: number | undefined;
  /** Default: `estimateTokens`. */
  readonly countTokens?: CountTokens | undefined;
}

export interface FittedPrompt extends RenderedPrompt {
  /** Words of a document that it shows at most. */
  readonly words: number;
  readonly tokens: number;
}

/** The least that is shown of a document; with less of it nobody can judge. */
export const LEAST_WORDS = 8;

/** A query may take this share of the room before it is cut. */
const QUERY_SHARE = 1 / 4;

/** Tokens of an answer that names so many documents, as in `[12] > `. */
export function listTokens(documents: number): number {
  return 32 + 8 * documents;
}

/**
 * Renders a prompt that fits a context: documents are cut to fewer words, all to the same number, as far as needed, and
 * before that a query to a quarter of the room.
 *
 * @throws RankwrightError CONTEXT_EXCEEDED where eight words of each document are too many
 */
export function fitPrompt(
  template: PromptTemplate,
  input: PromptInput,
  options: FitOptions = {},
): FittedPrompt {
  const { contextTokens, countTokens = estimateTokens, words = template.words } = options;
  const { answerTokens = listTokens(input.documents.length) } = options;
  const room = (contextTokens ?? Number.POSITIVE_INFINITY) - answerTokens;
  const queries = input.queries ?? [input.query];
  const longest = queries.reduce((long, query) => (query.length > long.length ? query : long), "");
  const queryWords = fitQuery(longest, (room * QUERY_SHARE) / queries.length, countTokens);
  const render = (words: number): FittedPrompt => {
    const prompt = renderPrompt(template, input, { words, queryWords });
    return { ...prompt, words, tokens: promptTokens(prompt.messages, countTokens) };
  };
  const whole = render(words);
  if (whole.tokens <= room) return whole;

  let fits = render(Math.min(LEAST_WORDS, words));
  if (fits.tokens > room) {
    const { length } = input.documents;
    throw new RankwrightError(
      "CONTEXT_EXCEEDED",
      `A prompt with ${length} documents of ${fits.words} words takes about ${fits.tokens} tokens, and the model has room for ${Math.max(0, room)}; ask about fewer documents at once, or shorten the query.`,
      { field: "contextTokens", value: contextTokens },
    );
  }
  for (let low = fits.words, high = words; high - low > 1; ) {
    const middle = (low + high) >> 1;
    const prompt = render(middle);
    if (prompt.tokens <= room) {
      fits = prompt;
      low = middle;
    } else {
      high = middle;
    }
  }
  return fits;
}

/** Words of the query that take at most `room` tokens; all of them where they do. */
function fitQuery(query: string, room: number, countTokens: CountTokens): number | undefined {
  const tokens = countTokens(query);
  if (tokens <= room) return undefined;
  const words = query.split(/\s+/).length;
  return Math.max(LEAST_WORDS, Math.floor((words * room) / tokens));
}
