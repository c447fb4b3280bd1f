import type { Command } from "commander";
import { listCachedModels, type ResolvedModel, resolveModel } from "../../models/index.js";
import { inspectModel } from "../../models/inspect.js";
import { addOptions, createCommand } from "../command.js";
import type { Io } from "../io.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { downloadMeter } from "../terminal/download-meter.js";
import { createProgress } from "../terminal/progress.js";
import { write } from "../write.js";
import { formatInspection, inspectionJson } from "./format-inspection.js";
import { formatModels } from "./format-models.js";

const HUB_OPTIONS = ["revision", "offline", "endpoint", "cacheDir"] as const satisfies readonly OptionName[];
const COMMON_OPTIONS = ["config", "debug"] as const satisfies readonly OptionName[];
const PULL_OPTIONS = [...HUB_OPTIONS, ...COMMON_OPTIONS] as const;
const LIST_OPTIONS = ["json", "cacheDir", ...COMMON_OPTIONS] as const;
const INSPECT_OPTIONS = ["json", ...HUB_OPTIONS, ...COMMON_OPTIONS] as const;

const PULL_EXAMPLES = `
Examples:
  rankwright models pull cross-encoder/ms-marco-MiniLM-L6-v2
  rankwright models pull cross-encoder/ms-marco-MiniLM-L6-v2 --revision main
`;
const INSPECT_EXAMPLES = `
A model of the hub is downloaded first when it is not in the cache. The exit code is 1 when the model
could not be loaded.

Examples:
  rankwright models inspect ./my-model
  rankwright models inspect cross-encoder/ms-marco-MiniLM-L6-v2 --json | jq .parameters
`;

export function modelsCommand(io: Io): Command {
  const pull = createCommand("pull", io)
    .summary("download a model into the cache and print its folder")
    .description("Downloads a model into the cache that Python's tools share, and prints its folder.")
    .argument("<ID>", "repository as org/name[@revision]")
    .action((id: string, flags: Flags) => pullModel(id, flags, io));
  const list = createCommand("list", io)
    .summary("list the models in the cache")
    .description("Lists the models in the cache, whoever downloaded them.")
    .action((flags: Flags) => listModels(flags, io));
  const inspect = createCommand("inspect", io)
    .summary("tell what a model is and what it takes")
    .description("Tells what a model is, what computing with it costs and the memory it takes.")
    .argument("<DIR_OR_ID>", "model folder, or repository as org/name[@revision]")
    .action((model: string, flags: Flags) => describeModel(model, flags, io));
  return createCommand("models", io)
    .description("Downloads, lists and describes models.")
    .addCommand(addOptions(pull, PULL_OPTIONS).addHelpText("after", PULL_EXAMPLES))
    .addCommand(addOptions(list, LIST_OPTIONS))
    .addCommand(addOptions(inspect, INSPECT_OPTIONS).addHelpText("after", INSPECT_EXAMPLES));
}

async function pullModel(id: string, flags: Flags, io: Io): Promise<void> {
  const { folder } = await find(id, await resolveOptions(PULL_OPTIONS, flags, io), io);
  await write(io.stdout, `${folder}\n`);
}

async function listModels(flags: Flags, io: Io): Promise<void> {
  const { json, cacheDir } = await resolveOptions(LIST_OPTIONS, flags, io);
  const models = await listCachedModels({ cacheDir, env: io.env });
  if (json) for (const model of models) await write(io.stdout, `${JSON.stringify(model)}\n`);
  else if (models.length > 0) await write(io.stdout, formatModels(models));
  else io.stderr.write("rankwright: the cache holds no models; rankwright models pull ID downloads one\n");
}

async function describeModel(model: string, flags: Flags, io: Io): Promise<void> {
  const values = await resolveOptions(INSPECT_OPTIONS, flags, io);
  const { folder } = await find(model, values, io);
  const inspection = await inspectModel(folder);
  const text = values.json ? `${JSON.stringify(inspectionJson(inspection))}\n` : formatInspection(inspection);
  await write(io.stdout, text);
  const { problems } = inspection;
  if (problems.length > 0) throw new AggregateError(problems, "the model could not be loaded");
}

/** The model's folder; downloads what the cache lacks. */
async function find(
  model: string,
  values: Pick<OptionValues, (typeof HUB_OPTIONS)[number]>,
  io: Io,
): Promise<ResolvedModel> {
  const progress = createProgress(io.stderr);
  const meter = downloadMeter(progress, model);
  const { revision, offline, endpoint, cacheDir } = values;
  let resolved: ResolvedModel;
  try {
    resolved = await resolveModel(model, {
      revision,
      offline,
      endpoint,
      cacheDir,
      env: io.env,
      signal: io.signal,
      onProgress: ({ file, receivedBytes, totalBytes }) => meter(file, receivedBytes, totalBytes),
    });
  } finally {
    progress.end();
  }
  if (resolved.unverified !== undefined) {
    const { code, message } = resolved.unverified;
    io.stderr.write(`rankwright: warning: ${code}: ${message}; the model in the cache is used\n`);
  }
  return resolved;
}
