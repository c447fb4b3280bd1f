export { type CutText, cutWords } from "./cut-words.js";
export { type CountTokens, estimateTokens, promptTokens } from "./estimate-tokens.js";
export { type FitOptions, type FittedPrompt, fitPrompt, listTokens } from "./fit-prompt.js";
export { neutralise } from "./neutralise.js";
export { parsePrompt } from "./parse-prompt.js";
export { builtinNames, builtinPrompt, readPrompt } from "./read-prompt.js";
export { type PromptCaps, type PromptInput, type RenderedPrompt, renderPrompt } from "./render-prompt.js";
export {
  type Identifiers,
  identifierOf,
  LETTERS,
  type PromptKind,
  type PromptTemplate,
  type RelevanceLabel,
} from "./template.js";
