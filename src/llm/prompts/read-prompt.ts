import { readFile } from "node:fs/promises";
import { closestName } from "../../evaluate/measures/closest-name.js";
import { RankwrightError, show } from "../../types/index.js";
import { BUILTIN_PROMPTS } from "./builtin/index.js";
import { parsePrompt } from "./parse-prompt.js";
import type { PromptTemplate } from "./template.js";

const parsed = new Map<string, PromptTemplate>();

/** A template that comes with the package. @throws RankwrightError INVALID_PROMPT for a name that it does not have */
export function builtinPrompt(name: string): PromptTemplate {
  const text = Object.hasOwn(BUILTIN_PROMPTS, name) ? BUILTIN_PROMPTS[name] : undefined;
  if (text === undefined) throw unknownPrompt(name, `the built-in ones are ${builtinNames().join(", ")}`);
  const template = parsed.get(name) ?? parsePrompt(text, `built-in prompt ${name}`);
  parsed.set(name, template);
  return template;
}

/** In the order in which they are listed. */
export function builtinNames(): string[] {
  return Object.keys(BUILTIN_PROMPTS);
}

/**
 * A built-in template by its name, or one from a file.
 *
 * @throws RankwrightError INVALID_PROMPT, with file and line, or where there is neither
 */
export async function readPrompt(nameOrFile: string): Promise<PromptTemplate> {
  if (Object.hasOwn(BUILTIN_PROMPTS, nameOrFile)) return builtinPrompt(nameOrFile);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(nameOrFile));
  } catch (cause) {
    const problem =
      cause instanceof TypeError ? "the file is not UTF-8" : "there is no such file that can be read";
    throw unknownPrompt(
      nameOrFile,
      `${problem}; the built-in prompts are ${builtinNames().join(", ")}`,
      cause,
    );
  }
  return parsePrompt(text, nameOrFile);
}

function unknownPrompt(name: string, mend: string, cause?: unknown): RankwrightError {
  const close = closestName(name, builtinNames());
  const hint = close ? `did you mean ${close}? ` : "";
  return new RankwrightError("INVALID_PROMPT", `The prompt is ${show(name)}; ${hint}${mend}.`, {
    field: "prompt",
    value: name,
    cause,
  });
}
