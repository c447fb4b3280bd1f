import { Command, type CommanderError, Option } from "commander";
import { type Io, widthOf } from "./io.js";
import type { OptionSpec } from "./options/option-types.js";
import { flagName, OPTIONS, type OptionName } from "./options/options.js";
import { wrongUsage } from "./usage-error.js";

/** Help or the version was printed, and there is nothing more to do. */
export class HelpShown extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super("help was shown");
    this.exitCode = exitCode;
  }
}

/** A command that never ends the process: wrong input is thrown as WRONG_USAGE, a request for help as HelpShown. */
export function createCommand(name: string, io: Io): Command {
  const command = new Command(name);
  return command
    .exitOverride((error) => {
      throw translate(error, command);
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(io.stdout),
      getErrHelpWidth: () => widthOf(io.stderr),
    })
    .helpCommand("help [command]", "show the help of a command")
    .helpOption("-h, --help", "show this help");
}

function translate(error: CommanderError, command: Command): Error {
  if (error.exitCode === 0) return new HelpShown(0);
  // A command that only has sub-commands was called alone.
  if (error.code === "commander.help") return new HelpShown(2);
  const message = error.message.replace(/^error: /, "").replace(/\s+/g, " ");
  return wrongUsage(`${message}; see ${pathOf(command)} --help`, { field: error.code });
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** Gives a command some of the options of the schema. */
export function addOptions(command: Command, names: readonly OptionName[]): Command {
  for (const name of names) {
    const spec: OptionSpec<unknown> = OPTIONS[name];
    const flag = flagName(name);
    const { placeholder } = spec.type;
    if (placeholder !== undefined) {
      const option = new Option(`${flag} <${placeholder}>`, helpText(spec));
      if (spec.many) option.argParser((text, before?: readonly string[]) => [...(before ?? []), text]);
      command.addOption(option);
      continue;
    }
    command.addOption(new Option(flag, helpText(spec)));
    // Takes back what a variable or the config file says.
    command.addOption(new Option(flag.replace("--", "--no-")).hideHelp());
  }
  return command;
}

/** What an option is for, its choices, and what holds without it. */
export function helpText({ help, type, fallback }: OptionSpec<unknown>): string {
  const choices = type.choices === undefined ? "" : `: ${type.choices.join(", ")}`;
  return `${help}${choices}${fallback === undefined ? "" : ` (default: ${fallback})`}`;
}
