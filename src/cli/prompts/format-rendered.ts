import {
  type PromptInput,
  type PromptTemplate,
  promptTokens,
  renderPrompt,
} from "../../llm/prompts/index.js";

/** The messages of a prompt, each under the line that begins it in a template. */
export function formatRendered(template: PromptTemplate, input: PromptInput): string {
  return renderPrompt(template, input)
    .messages.map(({ role, content }) => `@${role}\n${content}\n`)
    .join("");
}

/** The same as one object, with an estimate of its tokens and the documents that were cut. */
export function renderedJson(template: PromptTemplate, input: PromptInput): string {
  const { messages, cut } = renderPrompt(template, input);
  return `${JSON.stringify({ prompt: template.name, messages, tokens: promptTokens(messages), truncated: cut })}\n`;
}
