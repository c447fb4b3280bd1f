import { dirname, resolve } from "node:path";
import { Ledger, metered, type Price, type PriceTable } from "../../llm/ledger/index.js";
import { openAiChat } from "../../llm/openai-chat.js";
import { builtinNames, type PromptTemplate, readPrompt } from "../../llm/prompts/index.js";
import { type LlmJudge, llmJudge } from "../../rerank/pairwise/index.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Io } from "../io.js";
import { wrongUsage } from "../usage-error.js";
import { idOf, type JudgeSpec, type JudgesFile } from "./judges-file.js";

export interface OpenJudgesOptions {
  readonly file: JudgesFile;
  /** Prompts in files are looked for from its folder. */
  readonly path: string;
  /** Still to be spent; absent for no limit. */
  readonly budget: number | undefined;
  /** Whether a key that the environment lacks is an error. */
  readonly keysNeeded: boolean;
  readonly io: Pick<Io, "env">;
}

export interface OpenJudges {
  readonly judges: readonly LlmJudge[];
  readonly ledger: Ledger;
  priceOf(judge: LlmJudge): Price | undefined;
}

const STAGE = "judge";

/** Judges behind their servers, with one ledger for all. @throws RankwrightError WRONG_USAGE, INVALID_OPTION */
export async function openJudges(options: OpenJudgesOptions): Promise<OpenJudges> {
  const { file, path, budget } = options;
  const ledger = new Ledger({
    prices: pricesOf(file.judges),
    budget: budget === undefined ? {} : { cost: budget },
    currency: file.currency,
  });
  const judges: LlmJudge[] = [];
  for (const spec of file.judges) {
    const { prompt, crossPrompt, logprobs, temperature, seed, instruction, documentWords, answerTokens } =
      spec;
    const model = metered(openAiChat(chatOptions(spec, options)), { ledger, stage: STAGE });
    try {
      judges.push(
        llmJudge(model, {
          ...{ id: idOf(spec), logprobs, temperature, seed, instruction, documentWords, answerTokens },
          prompt: await promptOf(prompt, path),
          crossPrompt: await promptOf(crossPrompt, path),
        }),
      );
    } catch (error) {
      if (!RankwrightError.isInstance(error) || error.code !== "INVALID_PROMPT") throw error;
      throw wrongUsage(`judge ${show(idOf(spec))}: ${error.message}`, { field: "prompt", cause: error });
    }
  }
  return { judges, ledger, priceOf: ({ model }) => ledger.priceOf(model.id) };
}

function chatOptions(spec: JudgeSpec, { io, keysNeeded }: OpenJudgesOptions) {
  const { model, baseUrl, contextTokens, concurrency, requestsPerMinute, tokensPerMinute } = spec;
  const { timeoutMs, retries, headers, extraBody, apiKeyEnv } = spec;
  const apiKey = apiKeyEnv === undefined ? undefined : io.env[apiKeyEnv]?.trim() || (false as const);
  if (apiKey === false && keysNeeded) {
    throw wrongUsage(`judge ${show(idOf(spec))} wants its key in ${apiKeyEnv}, which is not set; set it`, {
      field: "apiKeyEnv",
      value: apiKeyEnv,
    });
  }
  return {
    ...{ model, baseUrl, contextTokens, concurrency, requestsPerMinute, tokensPerMinute },
    ...{ timeoutMs, retries, headers, extraBody, apiKey, env: io.env },
  };
}

/** By the model's name, under which the ledger knows it. */
function pricesOf(judges: readonly JudgeSpec[]): PriceTable {
  const prices = new Map<string, Price>();
  for (const { model, price } of judges) {
    const other = prices.get(model);
    if (price === undefined) continue;
    if (other && JSON.stringify(other) !== JSON.stringify(price)) {
      throw wrongUsage(`two judges give ${show(model)} different prices; give them the same`, {
        field: "price",
      });
    }
    prices.set(model, price);
  }
  return Object.fromEntries(prices);
}

async function promptOf(prompt: string | undefined, judgesFile: string): Promise<PromptTemplate | undefined> {
  if (prompt === undefined) return undefined;
  const isFile = !builtinNames().includes(prompt) && /[./\\]/.test(prompt);
  return readPrompt(isFile ? resolve(dirname(judgesFile), prompt) : prompt);
}
