import type { Command } from "commander";
import type { LoadOptions, RerankerSpec } from "../load.js";
import type { Reranker } from "../types/index.js";
import type { Io } from "./io.js";

export type Load = (model: RerankerSpec | undefined, options: LoadOptions) => Promise<Reranker>;

interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Milliseconds that it may take, once interrupted, to put things away. Default: 2 s. */
  readonly graceMs?: number;
  /** Loads what the command needs and nothing else: a look at the help should not wait for a runtime. */
  create(io: Io, load: Load): Promise<Command>;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "rank",
    summary: "order documents by how well they answer a query",
    create: async (io, load) => (await import("./rank/rank.js")).rankCommand(io, load),
  },
  {
    name: "measure",
    summary: "measure runs against relevance judgments",
    create: async (io) => (await import("./measure/measure.js")).measureCommand(io),
  },
  {
    name: "evaluate",
    summary: "find out whether re-ranking a collection helps",
    create: async (io, load) => (await import("./evaluate/evaluate.js")).evaluateCommand(io, load),
  },
  {
    name: "doctor",
    summary: "look for the ways in which a re-ranker fails",
    create: async (io, load) => (await import("./doctor/doctor.js")).doctorCommand(io, load),
  },
  {
    name: "serve",
    summary: "answer every rerank client over HTTP",
    // What was accepted is finished first; --grace-seconds bounds that, and a second Ctrl-C ends it.
    graceMs: 3_600_000,
    create: async (io, load) => (await import("./serve/serve.js")).serveCommand(io, load),
  },
  {
    name: "train",
    summary: "train a cross-encoder on your own data",
    // It ends the update that it is at and saves a checkpoint.
    graceMs: 120_000,
    create: async (io) => (await import("./train/train.js")).trainCommand(io),
  },
  {
    name: "pretrain",
    summary: "teach an encoder the language of your texts",
    // As train.
    graceMs: 120_000,
    create: async (io) => (await import("./pretrain/pretrain.js")).pretrainCommand(io),
  },
  {
    name: "mine",
    summary: "find hard negatives to train with",
    create: async (io, load) => (await import("./mine/mine.js")).mineCommand(io, load),
  },
  {
    name: "prompts",
    summary: "look at the prompts for language models",
    create: async (io) => (await import("./prompts/prompts.js")).promptsCommand(io),
  },
  {
    name: "judge",
    summary: "let language models compare documents, and keep their answers",
    // Answers under way are paid for; it waits for them.
    graceMs: 300_000,
    create: async (io) => (await import("./judge/judge.js")).judgeCommand(io),
  },
  {
    name: "fit",
    summary: "make scores of what judges said",
    create: async (io) => (await import("./fit/fit.js")).fitCommand(io),
  },
  {
    name: "models",
    summary: "download, list and describe models",
    create: async (io) => (await import("./models/models.js")).modelsCommand(io),
  },
];
