import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable } from "../../files/check-writable.js";
import { SharedModels } from "../../load/shared-models.js";
import type { ScoreStore } from "../../rerank/index.js";
import type { ServedModel, ServerOptions } from "../../serve/index.js";
import type { Warning } from "../../types/index.js";
import { addOptions, createCommand } from "../command.js";
import type { Load } from "../commands.js";
import type { Io } from "../io.js";
import { openReranker } from "../open-reranker.js";
import { MODEL_OPTIONS, toLoadOptions } from "../options/model-options.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress } from "../terminal/progress.js";
import { badValue, wrongUsage } from "../usage-error.js";
import { warner } from "../warn.js";
import { write } from "../write.js";
import { createLog } from "./create-log.js";
import { greeting } from "./greeting.js";
import { onStop } from "./on-stop.js";
import { readApiKeys } from "./read-api-keys.js";
import { servedModels } from "./served-models.js";
import { wantedModels } from "./wanted-models.js";

type ModelOption = Exclude<(typeof MODEL_OPTIONS)[number], "scores">;

const SERVE_OPTIONS = [
  "served",
  "modelsFile",
  "alias",
  "port",
  "host",
  "apiKey",
  "apiKeyFile",
  "cors",
  // Callers say which scores they want; the server makes them out of logits.
  ...MODEL_OPTIONS.filter((name): name is ModelOption => name !== "scores"),
  "cacheMb",
  "redis",
  "maxQueuedTokens",
  "maxQueueMs",
  "maxBodyMb",
  "servedDocuments",
  "maxDocumentCharacters",
  "maxQueryCharacters",
  "maxRequests",
  "headerTimeoutMs",
  "bodyTimeoutMs",
  "keepAliveMs",
  "requestDeadlineMs",
  "graceSeconds",
  "idleMinutes",
  "maxMemoryMb",
  "defaultForUnknown",
  "dialect",
  "strict",
  "logFormat",
  "logLevel",
  "logText",
  "teiMetrics",
  "trace",
  "traceShare",
  "traceText",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type ServeValues = Pick<OptionValues, (typeof SERVE_OPTIONS)[number]>;

const MAX_QUEUED_TOKENS = 1_000_000;
const MEGABYTE = 2 ** 20;

const EXAMPLES = `
Clients of Cohere, Jina, Voyage, Text Embeddings Inference, vLLM, llama.cpp, Infinity, Mixedbread, Pinecone,
ZeroEntropy, Weaviate and LibreChat call it as it is; docs/serving.md says what to set in each.
Ctrl-C finishes what was accepted; a second one ends at once.

Examples:
  rankwright serve
  rankwright serve --model cross-encoder/ms-marco-MiniLM-L6-v2 --alias rerank-v3.5=cross-encoder/ms-marco-MiniLM-L6-v2
  RANKWRIGHT_API_KEY=secret rankwright serve --host 0.0.0.0 --port 8787
  RANKWRIGHT_REDIS=redis://cache:6379 rankwright serve --models models.json --cache-mb 64
`;

export function serveCommand(io: Io, load: Load): Command {
  const command = createCommand("serve", io)
    .description("Answers every rerank client over HTTP, with one model or several.")
    .action((flags: Flags) => serve(flags, io, load));
  return addOptions(command, SERVE_OPTIONS).addHelpText("after", EXAMPLES);
}

async function serve(flags: Flags, io: Io, load: Load): Promise<void> {
  const values = await resolveOptions(SERVE_OPTIONS, flags, io);
  const progress = createProgress(io.stderr);
  const wanted = await wantedModels(values, io);
  const options = await serverOptions(values, io);
  const store = await openCache(values, warner(io, progress));
  try {
    const loadOptions = {
      ...toLoadOptions(flags, values),
      maxQueuedTokens: values.maxQueuedTokens ?? MAX_QUEUED_TOKENS,
      maxQueueMs: values.maxQueueMs,
      cache: store,
      shared: new SharedModels(),
    };
    const models = servedModels(
      wanted,
      (model) => openReranker(model, loadOptions, { io, load, progress }).finally(() => progress.end()),
      async (model) => {
        const { describeModel } = await import("./describe-model.js");
        return describeModel(model, loadOptions, io.cwd);
      },
    );
    await run(models, options, values, io);
  } finally {
    await store?.close();
  }
}

async function run(
  served: readonly ServedModel[],
  options: Awaited<ReturnType<typeof serverOptions>>,
  values: ServeValues,
  io: Io,
): Promise<void> {
  const { models, loaded } = watchFirstLoad(served);
  warnOpenDoor(values, options, io);
  const { createServer } = await import("../../serve/index.js");
  const server = createServer({ ...options, models, preload: true });
  const graceMs = values.graceSeconds === undefined ? undefined : values.graceSeconds * 1000;
  let stopping = false;
  let stopListening = () => {};
  const stopped = new Promise<void>((done) => {
    stopListening = onStop(io, () => {
      stopping = true;
      done(server.close({ graceMs }));
    });
  });
  try {
    const { url } = await server.listen({ port: values.port, host: values.host });
    // A model that cannot be had is told at once; one that is lost later is tried again.
    await Promise.race([loaded, stopped]);
    if (!stopping) {
      await write(
        io.stdout,
        greeting({ url, models, withKey: options.apiKeys.length > 0, json: values.json }),
      );
    }
    await stopped;
  } finally {
    await server.close({ graceMs: 0 });
    stopListening();
  }
}

/** One for all models, which keeps their scores apart. */
async function openCache(
  { cacheMb: memoryMb, redis }: ServeValues,
  onWarning: (warning: Warning) => void,
): Promise<ScoreStore | undefined> {
  if (memoryMb === undefined && redis === undefined) return undefined;
  const { openStore } = await import("../../load/open-store.js");
  return openStore({ memoryMb, redis }, onWarning);
}

/** @throws RankwrightError WRONG_USAGE, WRITE_FAILED */
async function serverOptions(values: ServeValues, io: Io) {
  const { apiKey = [], apiKeyFile, cors, idleMinutes, maxMemoryMb, trace } = values;
  const fileKeys = apiKeyFile === undefined ? [] : await readApiKeys(apiKeyFile, io.cwd);
  const traceFile = trace === undefined ? undefined : resolve(io.cwd, trace);
  if (traceFile !== undefined) await checkWritable(traceFile);
  const { version } = createRequire(import.meta.url)("../../../package.json") as { version: string };
  return {
    version,
    cors,
    apiKeys: [...apiKey, ...fileKeys],
    deadlineMs: values.requestDeadlineMs,
    idleMs: idleMinutes === undefined ? undefined : idleMinutes * 60_000,
    maxMemoryBytes: maxMemoryMb === undefined ? undefined : maxMemoryMb * MEGABYTE,
    defaultForUnknown: values.defaultForUnknown,
    limits: {
      bodyBytes: values.maxBodyMb === undefined ? undefined : values.maxBodyMb * MEGABYTE,
      documents: values.servedDocuments,
      documentCharacters: values.maxDocumentCharacters,
      queryCharacters: values.maxQueryCharacters,
      requests: values.maxRequests,
      headerMs: values.headerTimeoutMs,
      bodyMs: values.bodyTimeoutMs,
      keepAliveMs: values.keepAliveMs,
    },
    dialects: {
      ...(values.strict && { strict: true }),
      ...(values.dialect && { fixed: fixedDialects(values.dialect) }),
    },
    logger: createLog(io, { format: values.logFormat, level: values.logLevel }),
    logText: values.logText,
    teiMetrics: values.teiMetrics,
    trace:
      traceFile === undefined
        ? undefined
        : { file: traceFile, share: values.traceShare, content: values.traceText },
  } satisfies Partial<ServerOptions>;
}

function fixedDialects(pairs: readonly string[]): Record<string, string> {
  const entries = pairs.map((text) => {
    const [, path, name] = /^(\/[^=]*)=(.+)$/.exec(text) ?? [];
    if (path !== undefined && name !== undefined) return [path, name];
    throw badValue("--dialect", text, "PATH=NAME, such as /v1/rerank=voyage");
  });
  return Object.fromEntries(entries);
}

/** A server that the whole network can reach and that asks nobody for a key may be meant, but rarely is. */
function warnOpenDoor(
  { host }: ServeValues,
  { apiKeys }: { readonly apiKeys: readonly string[] },
  io: Io,
): void {
  if (host === undefined || /^(?:127\.|localhost$|::1$)/.test(host) || apiKeys.length > 0) return;
  io.stderr.write(
    `rankwright: warning: everybody who reaches ${host} may call this server; set RANKWRIGHT_API_KEY to change that\n`,
  );
}

/** Tells how the first load of the default model ended. */
function watchFirstLoad(models: readonly ServedModel[]) {
  const [first, ...others] = models;
  if (first === undefined) throw wrongUsage("--model names no model; leave it out for the built-in one");
  let watched: readonly ServedModel[] = models;
  const loaded = new Promise<void>((resolve, reject) => {
    const load = async () => {
      try {
        const reranker = await first.load();
        resolve();
        return reranker;
      } catch (error) {
        reject(error);
        throw error;
      }
    };
    watched = [{ ...first, load }, ...others];
  });
  // Nobody waits for it when the port cannot be opened.
  loaded.catch(() => undefined);
  return { models: watched, loaded };
}
