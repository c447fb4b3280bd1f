import { checkWhole, invalid } from "../../numbers/check.js";
import { LEAST_WORDS } from "../prompts/fit-prompt.js";
import type { PromptOptions } from "./prompt-session.js";

/** @throws RankwrightError INVALID_OPTION */
export function checkPromptOptions({
  documentWords,
  answerTokens,
  temperature,
  seed,
  countTokens,
  concurrency,
}: PromptOptions): void {
  if (documentWords !== undefined) checkWhole("documentWords", documentWords, LEAST_WORDS);
  if (answerTokens !== undefined) checkWhole("answerTokens", answerTokens, 1);
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2)) {
    throw invalid("temperature", temperature, "pass a number from 0 to 2.");
  }
  if (seed !== undefined) checkWhole("seed", seed, 0);
  if (countTokens !== undefined && typeof countTokens !== "function") {
    throw invalid("countTokens", countTokens, "pass a function from a text to its number of tokens.");
  }
  if (concurrency !== undefined) checkWhole("concurrency", concurrency, 1);
}
