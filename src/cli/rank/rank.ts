import { resolve } from "node:path";
import { addAbortSignal } from "node:stream";
import type { Command } from "commander";
import type { LoadOptions } from "../../load.js";
import { LIMITS } from "../../rerank/index.js";
import { type Document, RankwrightError, type RerankResult } from "../../types/index.js";
import { addOptions, createCommand } from "../command.js";
import type { Load } from "../commands.js";
import { type Io, widthOf } from "../io.js";
import { openReranker } from "../open-reranker.js";
import { MODEL_OPTIONS, toLoadOptions } from "../options/model-options.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { write } from "../write.js";
import { jsonLine } from "./format-json.js";
import { formatRanking } from "./format-ranking.js";
import { readDocuments } from "./read-documents.js";

const RANK_OPTIONS = [
  "query",
  "model",
  "topN",
  "json",
  ...MODEL_OPTIONS,
  "deadlineMs",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type RankValues = Pick<OptionValues, (typeof RANK_OPTIONS)[number]>;

const EXAMPLES = `
FILE holds one document a line: JSON ({"text": "…"} with optional id, title, score and metadata), or plain text.
--model also takes a file ending in .json that combines several models (docs/composing.md).

Examples:
  rankwright rank --query "reset my password" docs.jsonl
  rankwright rank --query "reset my password" --model cross-encoder/ms-marco-MiniLM-L6-v2 --top-n 5 docs.jsonl
  grep -rh password notes/ | rankwright rank --query "reset my password" --json | jq -r .text
`;

export function rankCommand(io: Io, load: Load): Command {
  const command = createCommand("rank", io)
    .description("Orders documents by how well they answer a query, best first.")
    .argument("[FILE]", "file with documents, or - for standard input (default: standard input)")
    .action((file: string | undefined, flags: Flags) => rank(file, flags, io, load));
  return addOptions(command, RANK_OPTIONS).addHelpText("after", EXAMPLES);
}

async function rank(file: string | undefined, flags: Flags, io: Io, load: Load): Promise<void> {
  const values = await resolveOptions(RANK_OPTIONS, flags, io);
  const query = checkQuery(values);
  const loadOptions = toLoadOptions(flags, values);
  const documents = await collectDocuments(file, io);
  const progress = createProgress(io.stderr);
  let result: RerankResult;
  try {
    result = await rerank({ query, documents, values, loadOptions, io, load, progress });
  } finally {
    progress.end();
  }
  await print(result, documents.length, values, io);
}

/** Looked at before anything is read or loaded. */
function checkQuery({ query }: RankValues): string {
  const mend = 'give the text to rank the documents by, as in --query "reset my password"';
  if (query === undefined) throw wrongUsage(`--query is missing; ${mend}`, { field: "query" });
  if (query.trim() !== "") return query;
  throw new RankwrightError("EMPTY_QUERY", `--query holds no text; ${mend}`, {
    field: "query",
    value: query,
  });
}

async function collectDocuments(file: string | undefined, io: Io): Promise<readonly Document[]> {
  const source = file ?? "-";
  if (file === undefined && io.stdin.isTTY) {
    throw wrongUsage(
      "there are no documents; name a file, pipe them in, or give - to type them here, one a line, ended by Ctrl-D",
      { field: "FILE" },
    );
  }
  const lines =
    source === "-"
      ? readDocuments(addAbortSignal(io.signal, io.stdin))
      : readDocuments(resolve(io.cwd, source), source);
  const documents: Document[] = [];
  for await (const { document, score } of lines) {
    if (documents.length >= LIMITS.documents) {
      throw new RankwrightError(
        "TOO_MANY_DOCUMENTS",
        `${nameOf(source)} holds more than ${LIMITS.documents} documents; rank the best of a first stage`,
        { field: "FILE", value: source },
      );
    }
    documents.push(score === undefined ? document : { ...document, score });
  }
  if (documents.length > 0) return documents;
  throw new RankwrightError("NO_DOCUMENTS", `${nameOf(source)} holds no documents; write one a line`, {
    field: "FILE",
    value: source,
  });
}

function nameOf(source: string): string {
  return source === "-" ? "standard input" : source;
}

interface RerankJob {
  readonly query: string;
  readonly documents: readonly Document[];
  readonly values: RankValues;
  readonly loadOptions: LoadOptions;
  readonly io: Io;
  readonly load: Load;
  readonly progress: Progress;
}

async function rerank({ query, documents, values, loadOptions, io, load, progress }: RerankJob) {
  const { signal } = io;
  const reranker = await openReranker(values.model, loadOptions, { io, load, progress });
  try {
    return await reranker.rerank({
      query,
      documents,
      topN: values.topN,
      deadlineMs: values.deadlineMs,
      signal,
      onProgress: (done, total) => progress.update({ text: "score", done, total }),
    });
  } finally {
    await reranker.close();
  }
}

async function print(result: RerankResult, candidates: number, values: RankValues, io: Io): Promise<void> {
  const { stdout, stderr, env } = io;
  if (values.json) {
    for (const ranked of result.results) await write(stdout, jsonLine(ranked));
  } else {
    const layout = { columns: widthOf(stdout), candidates, style: styleFor(stdout, env) };
    await write(stdout, formatRanking(result, layout));
  }
  for (const { code, message } of result.warnings) stderr.write(`rankwright: warning: ${code}: ${message}\n`);
}
