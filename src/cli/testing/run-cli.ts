import { Readable, Writable } from "node:stream";
import type { Reranker, RerankRequest, RerankResult } from "../../types/index.js";
import type { Load } from "../commands.js";
import type { Io } from "../io.js";
import { run } from "../run.js";

export interface CliOptions {
  readonly stdin?: string | Readable;
  /** Whether all three streams are terminals. */
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly env?: Io["env"];
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  readonly load?: Load | undefined;
  /** What standard output does with a write instead of taking it. */
  readonly stdoutError?: NodeJS.ErrnoException;
}

export interface CliOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line with streams of its own and returns what came out. */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliOutcome> {
  const { stdin = "", terminal = false, columns } = options;
  const out = capture(options.stdoutError);
  const err = capture();
  const source = typeof stdin === "string" ? Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]) : stdin;
  const io: Io = {
    stdin: Object.assign(source, { isTTY: terminal }),
    stdout: Object.assign(out.stream, { isTTY: terminal, columns }),
    // What it takes a busy machine to run a test is nothing to tell.
    stderr: Object.assign(err.stream, { isTTY: terminal, columns, progressMs: Number.POSITIVE_INFINITY }),
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await run(argv, io, options.load);
  return { code, stdout: out.text(), stderr: err.text() };
}

function capture(error?: Error): { readonly stream: Writable; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      if (error === undefined) chunks.push(chunk);
      done(error);
    },
  });
  return { stream, text: () => chunks.join("") };
}

/** Ranks by length of text, longest first, and remembers what it was asked. */
export function fakeModel(more: Partial<RerankResult> = {}) {
  const loads: Parameters<Load>[] = [];
  const requests: RerankRequest[] = [];
  let closed = 0;
  const reranker: Reranker = {
    id: "fake",
    scoreScale: "logit",
    async rerank(request) {
      requests.push(request);
      const documents = request.documents.map((document) =>
        typeof document === "string" ? { text: document } : document,
      );
      const results = documents
        .map((document, index) => ({ document, index, score: document.text.length, scored: true }))
        .sort((a, b) => b.score - a.score || a.index - b.index)
        .map((ranked, position) => ({ ...ranked, rank: position + 1 }))
        .slice(0, request.topN);
      return {
        results,
        model: "fake (float32)",
        scoreScale: "logit",
        usage: { pairs: documents.length, tokens: 40, calls: 0 },
        timings: { totalMs: 12.3, stages: {} },
        warnings: [],
        ...more,
      };
    },
    async close() {
      closed++;
    },
  };
  const load: Load = async (...args) => {
    loads.push(args);
    return reranker;
  };
  return { load, loads, requests, closed: () => closed };
}
