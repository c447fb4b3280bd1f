// node bench/training.mjs [--shapes tiny,small,mini] [--micro 32,16,8] [--rounds 7]: forward, backward and AdamW
// update through StepRunner, against PyTorch on the processor. RANKWRIGHT_PYTHON names a Python with torch and
// transformers (default: python3); without one, only our side is measured. Needs `npm run build` first.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { interleave } from "./measure/interleave.mjs";
import { median, quantile } from "./measure/statistics.mjs";
import { makeCheckpoint, modelConfig } from "./models/checkpoint.mjs";
import { Random } from "./models/random.mjs";
import { SHAPES as KNOWN_SHAPES, VOCABULARY_SIZE } from "./models/shapes.mjs";
import { tokenizerFiles } from "./models/tokenizer-files.mjs";
import { makeVocabulary } from "./models/vocabulary.mjs";
import { megabytes, number, table, tiny } from "./report/table.mjs";

/** Four queries with eight documents, each pair as long as the longest: nobody saves by packing. */
const SEQUENCES = 32;
const TOKENS = 128;
const DOCUMENTS = 8;
const LEARNING_RATE = 2e-5;
const THREADS = 2;
const SAMPLE_MS = 1000;
/** Relative difference of the losses of the first steps that arithmetic in float32 explains. */
const SAME_LOSS = 1e-4;

const SHAPES = {
  tiny: { ...KNOWN_SHAPES.tiny, target: 100_000 },
  small: { title: "L4-H256", layers: 4, hidden: 256, heads: 4, inner: 1024, target: 16_000 },
  mini: { ...KNOWN_SHAPES.mini, target: 4800, targetBytes: 2.5e9 },
};

const self = fileURLToPath(import.meta.url);
if (process.argv[2] === "--only") await contestant(process.argv.slice(3));
else await compare();

async function compare() {
  const { values } = parseArgs({
    options: {
      shapes: { type: "string", default: Object.keys(SHAPES).join() },
      micro: { type: "string", default: "32,16,8" },
      rounds: { type: "string", default: "7" },
    },
  });
  const rounds = Number(values.rounds);
  const python = process.env.RANKWRIGHT_PYTHON ?? "python3";
  const peer = spawnSync(python, ["-c", "import torch, transformers"]).status === 0;
  if (!peer)
    console.log("skipped: no PyTorch (RANKWRIGHT_PYTHON names a Python with torch and transformers)");
  const rows = [];
  for (const name of values.shapes.split(",")) {
    const { title, target, targetBytes } = SHAPES[name];
    const { folder, batch } = await makeModel(name);
    for (const micro of values.micro.split(",").map(Number)) {
      const facts = [folder, batch, String(micro)];
      const starts = {
        rankwright: () => start(process.execPath, [self, "--only", ...facts, "update"]),
        "rankwright, seen rows only": () => start(process.execPath, [self, "--only", ...facts, "leave"]),
        ...(peer && {
          PyTorch: () =>
            start(python, [join(import.meta.dirname, "pytorch-training.py"), ...facts, String(THREADS)]),
        }),
      };
      const sides = await measure(starts, rounds);
      if (sides.PyTorch) {
        console.log(`${title}, ${micro}: losses differ by ${tiny(lossDifference(sides, title))} at most`);
      }
      const theirs = sides.PyTorch && median(sides.PyTorch.times);
      for (const [side, { times, peakBytes, disturbed, dropped }] of Object.entries(sides)) {
        const speed = (ms) => (SEQUENCES * TOKENS * 1000) / ms;
        const ours = side === "rankwright";
        rows.push([
          `${title} ${SEQUENCES / micro} × ${micro} × ${TOKENS} ${side}`,
          number(median(times)),
          number(speed(median(times))),
          `${number(speed(quantile(times, 0.75)))}–${number(speed(quantile(times, 0.25)))}`,
          ours ? verdict(speed(median(times)) >= target, number(target)) : "",
          theirs === undefined || side === "PyTorch" ? "" : (theirs / median(times)).toFixed(2),
          megabytes(peakBytes),
          ours && targetBytes ? verdict(peakBytes <= targetBytes, megabytes(targetBytes)) : "",
          `${dropped}${disturbed > 0 ? ` !${disturbed}` : ""}`,
        ]);
      }
    }
  }
  const head = ["micro-batches × sequences × tokens", "ms/step", "tokens/s", "quartiles", "target"];
  console.log(`\n${table([...head, "times as fast", "peak MB", "target", "dropped"], rows)}`);
}

function verdict(/** @type {boolean} */ reached, /** @type {string} */ target) {
  return reached ? target : `${target} MISS`;
}

/**
 * Runs all sides of one size, interleaved, each in a process of its own.
 *
 * @returns milliseconds of every step, losses from the first step on, and the most memory, by side
 */
async function measure(starts, rounds) {
  const sides = {};
  try {
    for (const [name, begin] of Object.entries(starts)) {
      const side = await begin();
      // The first steps warm caches up, and their losses are compared.
      const { losses } = await side.train(SAMPLE_MS);
      sides[name] = { side, losses };
    }
    const tasks = Object.fromEntries(
      Object.entries(sides).map(([name, { side }]) => [
        name,
        async () => {
          const { times, peakBytes, cpuMs } = await side.train(SAMPLE_MS);
          return { value: { times, peakBytes }, cpuMs };
        },
      ]),
    );
    const samples = await interleave(tasks, { rounds, attempts: Math.ceil(1.7 * rounds) });
    return Object.fromEntries(
      Object.entries(samples).map(([name, { values, ...counts }]) => {
        const times = values.flatMap((value) => value.times);
        const peakBytes = Math.max(...values.map((value) => value.peakBytes));
        return [name, { ...counts, times, peakBytes, losses: sides[name].losses }];
      }),
    );
  } finally {
    for (const { side } of Object.values(sides)) side.stop();
  }
}

/**
 * Both sides must do the same work, or their times say nothing.
 *
 * @returns the largest relative difference of the losses of the first three steps
 */
function lossDifference({ rankwright, PyTorch }, title) {
  const theirs = PyTorch.losses.slice(0, 3);
  const difference = Math.max(
    ...theirs.map((loss, i) => Math.abs((rankwright.losses[i] ?? loss) - loss) / loss),
  );
  if (difference <= SAME_LOSS) return difference;
  throw new Error(`${title}: losses are ${rankwright.losses.slice(0, 3)}, and ${theirs} in PyTorch`);
}

/** A process that answers a line with a line; its first line says that it is ready. */
async function start(command, args) {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      HF_HUB_OFFLINE: "1",
      TRANSFORMERS_VERBOSITY: "error",
      HF_HUB_DISABLE_PROGRESS_BARS: "1",
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const reply = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended: ${args.join(" ")}`);
    return JSON.parse(value);
  };
  await reply();
  return {
    train: (/** @type {number} */ forMs) => {
      child.stdin.write(`${forMs}\n`);
      return reply();
    },
    stop: () => child.stdin.end(),
  };
}

/** A folder with random weights, the same on every machine, and a batch. */
async function makeModel(/** @type {string} */ name) {
  const root = resolve(process.env.RANKWRIGHT_BENCH_DIR ?? join(tmpdir(), "rankwright-bench"));
  const folder = join(root, `training-${name}`);
  const batch = join(root, "training-batch.json");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "model.safetensors"))) {
    const { writeSafetensors } = await import("../dist/models/safetensors/index.js");
    const files = { "config.json": modelConfig(SHAPES[name]), ...tokenizerFiles(makeVocabulary()) };
    for (const [file, content] of Object.entries(files)) {
      writeFileSync(join(folder, file), JSON.stringify(content));
    }
    await writeSafetensors(join(folder, "model.safetensors"), makeCheckpoint(SHAPES[name]), { format: "pt" });
  }
  const random = new Random("batch");
  const ids = Array.from({ length: SEQUENCES }, () =>
    Array.from({ length: TOKENS }, () => 1000 + random.below(VOCABULARY_SIZE - 1000)),
  );
  const types = ids.map((sequence) => sequence.map((_, i) => Number(i >= 16)));
  writeFileSync(batch, JSON.stringify({ ids, types, documents: DOCUMENTS, learningRate: LEARNING_RATE }));
  return { folder, batch };
}

/** Our side: trains on the batch for as long as it is told. */
async function contestant([folder, batchFile, micro, untouchedRows]) {
  const { ids, types, documents, learningRate } = JSON.parse(readFileSync(batchFile, "utf8"));
  const { packSequences } = await import("../dist/models/pack.js");
  const { createLoss } = await import("../dist/train/index.js");
  const { StepRunner } = await import("../dist/train/step/index.js");
  const { rankingFeeds, rankingGraphs } = await import("../dist/train/trainer/ranking-graphs.js");
  const { initialWeights, openTrainableModel } = await import("../dist/train/trainer/trainable-model.js");
  const options = { loss: createLoss("lce"), dropout: false };
  const model = await openTrainableModel(folder, (...opened) => rankingGraphs(...opened, options));
  const runner = await StepRunner.open({
    training: model.training,
    weights: initialWeights(model),
    optimizer: { maxGradientNorm: 1, untouchedRows },
    threads: THREADS,
  });
  const size = Number(micro);
  const lists = size / documents;
  const list = (values) => ({ data: values, dims: [lists, documents] });
  const feeds = Array.from({ length: ids.length / size }, (_, part) => {
    const of = (all) => all.slice(part * size, (part + 1) * size).map((numbers) => Int32Array.from(numbers));
    const typeIds = of(types);
    const sequences = of(ids).map((each, i) => ({ ids: each, typeIds: typeIds[i] }));
    return rankingFeeds({
      feeds: packSequences(sequences, model.heads),
      index: { type: "int32", ...list(Int32Array.from({ length: size }, (_, i) => i)) },
      // The first document of each list is the relevant one.
      targets: {
        type: "float32",
        ...list(Float32Array.from({ length: size }, (_, i) => Number(i % documents === 0))),
      },
      mask: { type: "float32", ...list(new Float32Array(size).fill(1)) },
    });
  });
  console.log(JSON.stringify({ ready: true }));
  for await (const line of createInterface({ input: process.stdin })) {
    const cpu = process.cpuUsage();
    const [times, losses] = [[], []];
    const started = performance.now();
    do {
      const begin = performance.now();
      losses.push((await runner.step(feeds, { learningRate })).loss);
      times.push(performance.now() - begin);
    } while (performance.now() - started < Number(line));
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ times, losses, cpuMs: (user + system) / 1000, peakBytes: peakBytes() }));
  }
  await runner.close();
}

/** Linux carries a parent's maximum over to the processes it starts, except in VmHWM. */
function peakBytes() {
  const status = process.platform === "linux" ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}
