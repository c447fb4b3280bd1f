import { resolve } from "node:path";
import type { Command } from "commander";
import {
  type Collection,
  collectCandidates,
  type DoctorInput,
  doctorReport,
  examine,
  openCollection,
  openJournal,
  parseMeasure,
  type QueryCandidates,
  type QueryOutcome,
  type Run,
  readRun,
  renderReport,
  rerankQueries,
  sampleQueries,
} from "../../evaluate/index.js";
import { writeFile } from "../../files/write-file.js";
import type { LoadOptions } from "../../load.js";
import type { Document, Reranker, Warning } from "../../types/index.js";
import { addOptions, createCommand } from "../command.js";
import type { Load } from "../commands.js";
import { FIRST_STAGE_OPTIONS, firstStageRun } from "../evaluate/first-stage.js";
import { journalPath } from "../evaluate/journal-path.js";
import type { Io } from "../io.js";
import { openReranker } from "../open-reranker.js";
import { MODEL_OPTIONS, toLoadOptions } from "../options/model-options.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { wrongUsage } from "../usage-error.js";
import { write } from "../write.js";
import { findingsJson, formatFindings } from "./format-findings.js";

const DOCTOR_OPTIONS = [
  "collection",
  "judgments",
  ...FIRST_STAGE_OPTIONS,
  "model",
  ...MODEL_OPTIONS,
  "depth",
  "relevanceLevel",
  "latencyBudget",
  "reference",
  "sample",
  "seed",
  "report",
  "fresh",
  "json",
  "config",
  "debug",
] as const satisfies readonly OptionName[];

type DoctorValues = Pick<OptionValues, (typeof DOCTOR_OPTIONS)[number]>;

/** As deep as the first stage is searched, to tell what deeper re-ranking could find. */
const SEARCH_DEPTH = 1000;
/** Texts whose tokens are looked up; enough for a share. */
const TOKEN_SAMPLE = 2000;

const EXAMPLES = `
Each check says what it measured, what that means, and what to do. Without judgments, checks that need
them say so. Scores are kept: an examination that was interrupted goes on where it stopped.

Examples:
  rankwright doctor --collection scifact --model cross-encoder/ms-marco-MiniLM-L6-v2
  rankwright doctor --collection my-logs --model ./my-model --latency-budget 200 --report doctor.html
`;

export function doctorCommand(io: Io, load: Load): Command {
  const command = createCommand("doctor", io)
    .description(
      "Goes through the known ways in which a re-ranker fails on a collection: the recall ceiling, truncation, depth that hurts, latency, miscalibration, domain shift, length bias, duplicates and ties.",
    )
    .action((flags: Flags) => doctor(flags, io, load));
  return addOptions(command, DOCTOR_OPTIONS).addHelpText("after", EXAMPLES);
}

async function doctor(flags: Flags, io: Io, load: Load): Promise<void> {
  const values = await resolveOptions(DOCTOR_OPTIONS, flags, io);
  if (values.collection === undefined) {
    throw wrongUsage("--collection is missing; name a folder with corpus.jsonl and queries.jsonl", {
      field: "collection",
    });
  }
  const loadOptions = toLoadOptions(flags, values);
  const progress = createProgress(io.stderr);
  const warnings: string[] = [];
  const warn = ({ code, message }: Warning) => {
    warnings.push(message);
    progress.end();
    io.stderr.write(`rankwright: warning: ${code}: ${message}\n`);
  };
  try {
    const whole = await openCollection(resolve(io.cwd, values.collection), {
      qrels: values.judgments,
      signal: io.signal,
      onWarning: warn,
    });
    const { depth = 100, sample, seed = 1 } = values;
    const collection = sampleQueries(whole, sample, seed);
    const firstStage = await firstStageRun({
      collection,
      qrels: collection.qrels,
      depth: Math.max(depth + 1, SEARCH_DEPTH),
      values,
      io,
      progress,
    });
    const candidates = await collectCandidates(collection, firstStage, {
      depth: values.candidates === "judged" ? Number.MAX_SAFE_INTEGER : depth,
      signal: io.signal,
      onWarning: warn,
    });
    const findings = await examineModel({
      collection,
      firstStage,
      candidates,
      values,
      loadOptions,
      io,
      load,
      progress,
    });
    progress.end();
    if (values.report !== undefined) {
      const report = await doctorReport({
        collection,
        model: values.model ?? "built-in",
        findings,
        warnings,
      });
      await writeFile(resolve(io.cwd, values.report), renderReport(report));
    }
    const style = styleFor(io.stdout, io.env);
    const text = values.json
      ? findingsJson(findings)
      : formatFindings(findings, io.stdout.columns ?? 80, style);
    await write(io.stdout, text);
  } finally {
    progress.end();
  }
}

interface Examination {
  readonly collection: Collection;
  readonly firstStage: Run;
  readonly candidates: readonly QueryCandidates[];
  readonly values: DoctorValues;
  readonly loadOptions: LoadOptions;
  readonly io: Io;
  readonly load: Load;
  readonly progress: Progress;
}

async function examineModel(job: Examination) {
  const { collection, firstStage, candidates, values, loadOptions, io, load, progress } = job;
  const reranker = await openReranker(values.model, loadOptions, { io, load, progress });
  try {
    const outcomes = await rerankAll(reranker, job);
    const input: DoctorInput = {
      collection,
      firstStage,
      depth: values.depth ?? 100,
      outcomes,
      texts: new Map(
        candidates.flatMap(({ documents }) => documents.map((document) => [document.id, document])),
      ),
      scoreScale: reranker.scoreScale,
      queries: [...(collection.qrels.size > 0 ? collection.qrels : collection.queries).keys()],
      maxTokens: values.maxTokens,
      latencyBudgetMs: values.latencyBudget,
      unknownTokenShare: await unknownTokens(candidates, values),
      reference: await referenceScores(values.reference, io),
      rescore: (query, documents, signal) => rescore(reranker, query, documents, signal),
      measure: parseMeasure("nDCG@10"),
      relevantFrom: values.relevanceLevel,
      seed: values.seed,
    };
    return await examine(input, {
      signal: io.signal,
      onProgress: (done, total, title) => progress.update({ text: title, done, total }),
    });
  } finally {
    await reranker.close();
  }
}

async function rerankAll(reranker: Reranker, job: Examination): Promise<ReadonlyMap<string, QueryOutcome>> {
  const { candidates, values, loadOptions, io, progress } = job;
  const journal = values.fresh
    ? undefined
    : await openJournal(await journalPath(reranker, values.model, loadOptions, io));
  try {
    return await rerankQueries(reranker, candidates, {
      journal,
      signal: io.signal,
      onProgress: (done, total) => progress.update({ text: "re-rank", done, total }),
    });
  } finally {
    await journal?.close();
  }
}

async function rescore(
  reranker: Reranker,
  query: string,
  documents: readonly Document[],
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { results } = await reranker.rerank({ query, documents, signal });
  const scores = new Float64Array(documents.length);
  for (const { index, score } of results) scores[index] = score;
  return scores;
}

async function referenceScores(
  file: string | undefined,
  { cwd, signal }: Io,
): Promise<DoctorInput["reference"]> {
  if (file === undefined) return undefined;
  const { lists } = await readRun(resolve(cwd, file), { signal });
  return { scores: [...lists.values()].flatMap(({ scores }) => [...scores]) };
}

/** Undefined for the built-in model, which has no vocabulary. */
async function unknownTokens(candidates: readonly QueryCandidates[], values: DoctorValues) {
  if (values.model === undefined) return undefined;
  const { resolveModel } = await import("../../models/index.js");
  const { loadTokenizer, unknownShare } = await import("../../text/index.js");
  const { folder } = await resolveModel(values.model, values);
  const tokenizer = await loadTokenizer(folder);
  const documents = candidates.flatMap((each) => each.documents);
  const step = Math.max(1, Math.floor(documents.length / TOKEN_SAMPLE));
  const sample = documents.filter((_, i) => i % step === 0);
  return {
    queries: unknownShare(
      tokenizer,
      candidates.map(({ text }) => text),
    ),
    documents: unknownShare(
      tokenizer,
      sample.map(({ title = "", text }) => `${title} ${text}`),
    ),
  };
}
