import { resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable } from "../../files/check-writable.js";
import type { DocumentPool, NegativeGuards } from "../../train/mining/index.js";
import type { Reranker } from "../../types/index.js";
import { addOptions, createCommand } from "../command.js";
import type { Load } from "../commands.js";
import { type Io, widthOf } from "../io.js";
import { openReranker } from "../open-reranker.js";
import { MODEL_OPTIONS, toLoadOptions } from "../options/model-options.js";
import { flagName, type OptionName, type OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { warner } from "../warn.js";
import { write } from "../write.js";
import { formatMining, type MiningSummary } from "./format-mining.js";

const GUARDS = ["guardShare", "guardMargin", "guardProbability"] as const;

const MINE_OPTIONS = [
  "questions",
  "corpus",
  "trainingJudgments",
  "mined",
  "format",
  "targets",
  "ranks",
  "negatives",
  "foundOnly",
  "randomShare",
  "against",
  "teacher",
  "miner",
  "depth",
  ...GUARDS,
  "relevanceLevel",
  "skipInvalid",
  "seed",
  "analyzer",
  "stem",
  "stopWords",
  "k1",
  "b",
  ...MODEL_OPTIONS,
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type MineValues = Pick<OptionValues, (typeof MINE_OPTIONS)[number]>;

const NEGATIVES = 7;

const EXAMPLES = `
A line of --data is as for \`rankwright train\`; lines with the same query count as one. Documents that are
judged as not relevant stay negatives.

Examples:
  rankwright mine --data pairs.jsonl.gz --against scifact --against trec-dl19:full --out lists.jsonl.gz
  rankwright mine --collection scifact --qrels train --format triples --out triples.jsonl
  rankwright mine --data pairs.jsonl --collection corpus --model ./teacher --targets teacher --out lists.jsonl
`;

export function mineCommand(io: Io, load: Load): Command {
  const command = createCommand("mine", io)
    .description(
      "Finds hard negatives for queries with known positives, by BM25 or a model, and writes them as training data.",
    )
    .action((flags: Flags) => mine(flags, io, load));
  return addOptions(command, MINE_OPTIONS).addHelpText("after", EXAMPLES);
}

async function mine(flags: Flags, io: Io, load: Load): Promise<void> {
  const values = await resolveOptions(MINE_OPTIONS, flags, io);
  const { teacher: model, mined: out, seed = 1, negatives = NEGATIVES, format = "lists", targets } = values;
  const file = checkOptions(values, io);
  const loadOptions = toLoadOptions(flags, values);
  await checkWritable(file);
  const progress = createProgress(io.stderr);
  const onWarning = warner(io, progress);
  let teacher: Reranker | undefined;
  try {
    const { gather } = await import("./gather.js");
    const { mineNegatives, writeMined } = await import("../../train/mining/index.js");
    if (model !== undefined) teacher = await openReranker(model, loadOptions, { io, load, progress });
    const { dataset, pool, skipped, ...gathered } = await gather(values, { io, progress, onWarning });
    for (const message of skipped) {
      progress.end();
      io.stderr.write(`rankwright: warning: skipped: ${message}\n`);
    }
    const found = await mineNegatives(dataset, {
      retriever: await openMiner(values, pool, teacher, io, progress),
      pool,
      teacher,
      guards: guardsOf(values),
      perQuery: negatives,
      ranks: values.ranks,
      foundOnly: values.foundOnly,
      randomShare: values.randomShare,
      positiveFrom: values.relevanceLevel,
      seed,
      signal: io.signal,
      onProgress: (done, total) => progress.update({ text: "queries mined:", done, total }),
    });
    const lines = await writeMined(file, found, {
      format,
      targets,
      signal: io.signal,
      onProgress: (done, total) => progress.update({ text: "queries written:", done, total }),
    });
    progress.end();
    const summary = { ...gathered, mining: found.report, out: out as string, format, lines, negatives };
    await write(io.stdout, toText(summary, values, io));
  } finally {
    progress.end();
    await teacher?.close();
  }
}

/** @returns the file to write. @throws RankwrightError WRONG_USAGE */
function checkOptions(values: MineValues, { cwd }: Io): string {
  const { questions, corpus, mined, teacher, miner, targets } = values;
  if (questions === undefined && corpus === undefined) {
    throw wrongUsage("--data is missing; name a file of queries with positives, or a --collection", {
      field: "data",
    });
  }
  if (mined === undefined) throw wrongUsage("--out is missing; name the file to write", { field: "out" });
  const file = resolve(cwd, mined);
  if (questions?.some((each) => resolve(cwd, each) === file)) {
    throw wrongUsage(`--out ${mined} is also --data and would be overwritten; name another file`, {
      field: "out",
    });
  }
  if (values.depth !== undefined && miner !== "model") {
    throw wrongUsage("--depth is about --miner model; leave it out", { field: "depth" });
  }
  const idle = GUARDS.find((name) => values[name] !== undefined);
  const needing = [
    ...(idle === undefined ? [] : [flagName(idle)]),
    ...(miner === "model" ? ["--miner model"] : []),
    ...(targets === "teacher" ? ["--targets teacher"] : []),
  ];
  if (teacher === undefined && needing[0] !== undefined) {
    throw wrongUsage(`${needing[0]} needs scores; add --model, or leave it out`, { field: "model" });
  }
  return file;
}

async function openMiner(
  { analyzer = "english", stem, stopWords, k1, b, miner, depth }: MineValues,
  pool: DocumentPool,
  teacher: Reranker | undefined,
  { signal }: Io,
  progress: Progress,
) {
  const { bm25Miner, rerankedMiner } = await import("../../train/mining/index.js");
  const bm25 = await bm25Miner(pool, {
    analyzer: { language: analyzer, stem, stopWords },
    k1,
    b,
    signal,
    onProgress: (done) => progress.update({ text: "documents indexed:", done, total: pool.size }),
  });
  return miner === "model" && teacher ? rerankedMiner(bm25, teacher, depth) : bm25;
}

/** Undefined for what holds without any. */
function guardsOf({ guardShare, guardMargin, guardProbability }: MineValues): NegativeGuards | undefined {
  const guards = { relative: guardShare, absolute: guardMargin, probability: guardProbability };
  return Object.values(guards).some((value) => value !== undefined) ? guards : undefined;
}

function toText(summary: MiningSummary, { json }: MineValues, io: Io): string {
  if (!json) return formatMining(summary, widthOf(io.stdout), styleFor(io.stdout, io.env));
  const { negatives: _, ...facts } = summary;
  return `${JSON.stringify(facts)}\n`;
}
