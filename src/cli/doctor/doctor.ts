import { resolve } from "node:path";
import type { Command } from "commander";
import {
  collectCandidates,
  type DoctorInput,
  doctorReport,
  examine,
  type Finding,
  judgedQueries,
  type QueryCandidates,
  type QueryOutcome,
  readRun,
  renderReport,
  rerankQueries,
  scoresInOrder,
} from "../../evaluate/index.js";
import { checkWritable } from "../../files/check-writable.js";
import { writeFile } from "../../files/write-file.js";
import type { LoadOptions } from "../../load.js";
import type { Reranker, Warning } from "../../types/index.js";
import { openModelJournal } from "../collection/model-journal.js";
import {
  COLLECTION_OPTIONS,
  checkCollectionOptions,
  type PreparedCollection,
  prepareCollection,
} from "../collection/prepare-collection.js";
import { addOptions, createCommand } from "../command.js";
import type { Load } from "../commands.js";
import { type Io, widthOf } from "../io.js";
import { BUILT_IN, openReranker } from "../open-reranker.js";
import { MODEL_OPTIONS, toLoadOptions } from "../options/model-options.js";
import type { OptionName, OptionValues } from "../options/options.js";
import { type Flags, resolveOptions } from "../options/resolve-options.js";
import { isSpecFile } from "../spec-file.js";
import { createProgress, type Progress } from "../terminal/progress.js";
import { styleFor } from "../terminal/style.js";
import { collectingWarner } from "../warn.js";
import { write } from "../write.js";
import { findingsJson, formatFindings } from "./format-findings.js";

const DOCTOR_OPTIONS = [
  ...COLLECTION_OPTIONS,
  "model",
  ...MODEL_OPTIONS,
  "latencyBudget",
  "reference",
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
  checkCollectionOptions(values);
  const loadOptions = toLoadOptions(flags, values);
  if (values.report !== undefined) await checkWritable(resolve(io.cwd, values.report));
  const progress = createProgress(io.stderr);
  const { warnings, onWarning } = collectingWarner(io, progress);
  try {
    const prepared = await prepareCollection({ values, io, progress, searchDepth: SEARCH_DEPTH, onWarning });
    const { collection } = prepared;
    const queries = [...(collection.qrels.size > 0 ? judgedQueries(collection) : collection.queries).keys()];
    const { firstStage, depth, absent } = prepared;
    const { signal } = io;
    const candidates = await collectCandidates(collection, firstStage, {
      depth,
      queries,
      absent,
      signal,
      onWarning,
    });
    const findings = await examineModel({
      ...prepared,
      queries,
      candidates,
      values,
      loadOptions,
      io,
      load,
      progress,
      onWarning,
    });
    progress.end();
    const style = styleFor(io.stdout, io.env);
    const text = values.json ? findingsJson(findings) : formatFindings(findings, widthOf(io.stdout), style);
    await write(io.stdout, text);
    if (values.report === undefined) return;
    const model = values.model ?? BUILT_IN;
    const page = await doctorReport({ collection, model, findings, warnings });
    await writeFile(resolve(io.cwd, values.report), renderReport(page));
  } finally {
    progress.end();
  }
}

interface Examination extends PreparedCollection {
  /** Ids of the queries that are examined. */
  readonly queries: readonly string[];
  readonly candidates: readonly QueryCandidates[];
  readonly values: DoctorValues;
  readonly loadOptions: LoadOptions;
  readonly io: Io;
  readonly load: Load;
  readonly progress: Progress;
  readonly onWarning: (warning: Warning) => void;
}

async function examineModel(job: Examination): Promise<readonly Finding[]> {
  const { collection, firstStage, queries, candidates, depth, values, loadOptions, io, progress } = job;
  const model = values.model === BUILT_IN ? undefined : values.model;
  const reranker = await openReranker(model, loadOptions, job);
  try {
    const input: DoctorInput = {
      collection,
      firstStage,
      depth,
      outcomes: await rerankAll(reranker, model, job),
      texts: new Map(
        candidates.flatMap(({ documents }) => documents.map((document) => [document.id, document])),
      ),
      scoreScale: reranker.scoreScale,
      queries,
      maxTokens: values.maxTokens,
      latencyBudgetMs: values.latencyBudget,
      unknownTokenShare: await unknownTokens(model, candidates, values),
      reference: await referenceScores(values.reference, io),
      rescore: async (query, documents, signal) =>
        scoresInOrder(await reranker.rerank({ query, documents, signal }), documents.length),
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

async function rerankAll(
  reranker: Reranker,
  model: string | undefined,
  job: Examination,
): Promise<ReadonlyMap<string, QueryOutcome>> {
  const { candidates, values, io, progress } = job;
  const collection = values.collection as string;
  const journal = await openModelJournal({ ...job, reranker, model, collection, fresh: values.fresh });
  try {
    return await rerankQueries(reranker, candidates, {
      journal,
      signal: io.signal,
      onProgress: (done, total, known) =>
        progress.update({ text: known > 0 ? `re-rank (${known} known)` : "re-rank", done, total }),
    });
  } finally {
    await journal?.close();
  }
}

async function referenceScores(
  file: string | undefined,
  { cwd, signal }: Io,
): Promise<DoctorInput["reference"]> {
  if (file === undefined) return undefined;
  const { lists } = await readRun(resolve(cwd, file), { signal });
  return { scores: [...lists.values()].flatMap(({ scores }) => [...scores]) };
}

/** Nothing for what has no vocabulary of its own. */
async function unknownTokens(
  model: string | undefined,
  candidates: readonly QueryCandidates[],
  values: DoctorValues,
) {
  if (model === undefined || model.startsWith("rankwright/") || isSpecFile(model)) return undefined;
  const { resolveModel } = await import("../../models/index.js");
  const { loadTokenizer, unknownShare } = await import("../../text/index.js");
  const { folder } = await resolveModel(model, values);
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
