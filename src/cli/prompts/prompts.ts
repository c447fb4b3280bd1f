import { resolve } from "node:path";
import type { Command } from "commander";
import { builtinNames, builtinPrompt, type PromptTemplate, readPrompt } from "../../llm/prompts/index.js";
import { addOptions, createCommand } from "../command.js";
import { type Io, widthOf } from "../io.js";
import type { OptionName } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { wrongUsage } from "../usage-error.js";
import { write } from "../write.js";
import { formatPrompts, promptJson } from "./format-prompts.js";
import { formatRendered, renderedJson } from "./format-rendered.js";

const COMMON_OPTIONS = ["json", "config", "debug"] as const satisfies readonly OptionName[];
const RENDER_OPTIONS = [
  "query",
  "document",
  "instruction",
  ...COMMON_OPTIONS,
] as const satisfies readonly OptionName[];

const SHOW_EXAMPLES = `
What it prints is a template: change it, and give the file wherever a prompt is asked for.

Examples:
  rankwright prompts show rankgpt > mine.prompt
  rankwright prompts show ./mine.prompt --json | jq .kind
`;
const RENDER_EXAMPLES = `
Texts are made harmless as for a model: [3] becomes (3), <|im_start|> becomes (|im_start|).

Examples:
  rankwright prompts render setwise --query "reset my password" --document "Click Forgot" --document "Call us"
  rankwright prompts render ./mine.prompt --query "cats" --document "Dogs bark." --json | jq .messages
`;
const NAME = "name of a built-in prompt, or a file with a template";

export function promptsCommand(io: Io): Command {
  const list = createCommand("list", io)
    .summary("list the built-in prompts")
    .description("Lists the prompts that come with the package.")
    .action((flags: Flags) => listPrompts(flags, io));
  const show = createCommand("show", io)
    .summary("print a prompt's template")
    .description("Checks a template and prints it as it was written.")
    .argument("<NAME>", NAME)
    .action((name: string, flags: Flags) => showPrompt(name, flags, io));
  const render = createCommand("render", io)
    .summary("print what a model would be asked")
    .description("Fills in a template and prints the messages that a model would get.")
    .argument("<NAME>", NAME)
    .action((name: string, flags: Flags) => fillIn(name, flags, io));
  return createCommand("prompts", io)
    .description("Lists, shows and fills in the prompts for language models.")
    .addCommand(addOptions(list, COMMON_OPTIONS))
    .addCommand(addOptions(show, COMMON_OPTIONS).addHelpText("after", SHOW_EXAMPLES))
    .addCommand(addOptions(render, RENDER_OPTIONS).addHelpText("after", RENDER_EXAMPLES));
}

async function listPrompts(flags: Flags, io: Io): Promise<void> {
  const { json } = await resolveOptions(COMMON_OPTIONS, flags, io);
  const templates = builtinNames().map(builtinPrompt);
  const text = json
    ? templates.map((template) => promptJson(template)).join("")
    : formatPrompts(templates, io.stdout.isTTY ? widthOf(io.stdout) : undefined);
  await write(io.stdout, text);
}

async function showPrompt(name: string, flags: Flags, io: Io): Promise<void> {
  const { json } = await resolveOptions(COMMON_OPTIONS, flags, io);
  const template = await find(name, io);
  await write(io.stdout, json ? promptJson(template, template.text) : template.text);
}

async function fillIn(name: string, flags: Flags, io: Io): Promise<void> {
  const { query, document, instruction, json } = await resolveOptions(RENDER_OPTIONS, flags, io);
  if (!query?.trim()) throw wrongUsage('--query is missing; give the text to rank by, as in --query "cats"');
  if (!document) throw wrongUsage('--document is missing; give a text, as in --document "Dogs bark."');
  const template = await find(name, io);
  const input = { query, instruction, documents: document.map((text) => ({ text })) };
  await write(io.stdout, json ? renderedJson(template, input) : formatRendered(template, input));
}

/** A file is looked for from the working directory. */
function find(name: string, io: Io): Promise<PromptTemplate> {
  return readPrompt(builtinNames().includes(name) || !/[./\\]/.test(name) ? name : resolve(io.cwd, name));
}
