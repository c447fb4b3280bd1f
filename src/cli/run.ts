import { createRequire } from "node:module";
import { inspect } from "node:util";
import type { Command } from "commander";
import { type ErrorCode, RankwrightError } from "../types/index.js";
import { createCommand, HelpShown } from "./command.js";
import { COMMANDS, type Load } from "./commands.js";
import { INTERRUPTED, type Io } from "./io.js";
import { BrokenPipe } from "./write.js";

/** What the user can mend on the command line, in the environment or in the config file. */
const USAGE_CODES: readonly ErrorCode[] = ["WRONG_USAGE", "INVALID_OPTION", "INVALID_MEASURE", "EMPTY_QUERY"];

/** How long an interrupted command may take to end the batch it is at and to put things away. */
const GRACE_MS = 2000;

/**
 * Runs the program and resolves to its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted. Errors
 * are printed, not thrown.
 *
 * @param argv arguments after the program's name
 * @param load stands in for loading a real model
 */
export async function run(argv: readonly string[], io: Io, load: Load = loadModel): Promise<number> {
  // A write to a closed pipe is also told to its callback; without a listener it would end the process.
  for (const stream of [io.stdout, io.stderr]) stream.on("error", () => undefined);
  const command = createProgram(argv, io, load)
    .then((program) => program.parseAsync(argv, { from: "user" }))
    .then(
      () => 0,
      (error: unknown) => report(error, argv, io),
    );
  const graceMs = COMMANDS.find(({ name }) => argv.includes(name))?.graceMs ?? GRACE_MS;
  return Promise.race([command, interrupted(io.signal, command, graceMs)]);
}

/** Loaded when it is needed: help should not wait for a neural-network runtime. */
const loadModel: Load = async (model, options) => {
  const { loadReranker } = await import("../load.js");
  return loadReranker(model, options);
};

/** Of the commands only those that the arguments name are loaded; the others stand in the help by name. */
async function createProgram(argv: readonly string[], io: Io, load: Load): Promise<Command> {
  const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };
  const program = createCommand("rankwright", io)
    .description(
      "Re-ranks search results with cross-encoders and measures whether that helped, without Python.",
    )
    .version(version, "-V, --version", "show the version")
    .addHelpText("after", HELP);
  for (const { name, summary, create } of COMMANDS) {
    const command = argv.includes(name) ? await create(io, load) : createCommand(name, io);
    program.addCommand(command.summary(summary));
  }
  return program;
}

const HELP = `
Every option can also be set by an environment variable (--top-n: RANKWRIGHT_TOP_N) or in
rankwright.config.json ({"topN": 5}); the flag comes first, then the variable, then the file.
The access token of the hub is read from HF_TOKEN.

Examples:
  rankwright rank --query "reset my password" docs.jsonl
  rankwright evaluate --collection examples/help-centre
  rankwright models pull cross-encoder/ms-marco-MiniLM-L6-v2

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`;

/** Resolves a moment after an interrupt, or when the command has ended because of it. */
function interrupted(signal: AbortSignal, command: Promise<unknown>, graceMs: number): Promise<number> {
  return new Promise((resolve) => {
    const stop = () => {
      const timer = setTimeout(() => resolve(INTERRUPTED), graceMs);
      void command.then(() => clearTimeout(timer));
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** Prints what went wrong and returns the exit code for it. */
function report(error: unknown, argv: readonly string[], { stderr, env, signal }: Io): number {
  if (error instanceof BrokenPipe) return 0;
  if (error instanceof HelpShown) return error.exitCode;
  if (signal.aborted) {
    stderr.write("rankwright: ABORTED: interrupted\n");
    return INTERRUPTED;
  }
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  for (const each of errors) {
    const message = each instanceof Error ? each.message : String(each);
    stderr.write(`rankwright: ${codeOf(each)}: ${message}\n`);
  }
  if (argv.includes("--debug") || /^(1|true|yes|on)$/i.test(env.RANKWRIGHT_DEBUG ?? "")) {
    stderr.write(`${inspect(error)}\n`);
  } else if (errors.some((each) => codeOf(each) === "INTERNAL")) {
    stderr.write("rankwright: this is a defect; run it again with --debug and report what it prints\n");
  }
  return USAGE_CODES.includes(codeOf(error)) ? 2 : 1;
}

function codeOf(error: unknown): ErrorCode {
  return RankwrightError.isInstance(error) ? error.code : "INTERNAL";
}
