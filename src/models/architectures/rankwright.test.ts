import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTokenizer, PairEncoder } from "../../text/index.js";
import type { Pair } from "../../types/index.js";
import type { CrossEncoder } from "../cross-encoder.js";
import { inspectModel } from "../inspect.js";
import { configOf, createModel } from "../lexical/create-model.js";
import { RARITY_TENSOR } from "../lexical/open-features.js";
import { plainForward } from "../lexical/testing/plain-forward.js";
import { TINY_RARITY, TINY_TOKENIZER } from "../lexical/testing/tiny-vocabulary.js";
import { type CrossEncoderOptions, loadCrossEncoder } from "../load-cross-encoder.js";
import { openCheckpoint, writeSafetensors } from "../safetensors/index.js";
import { rankwright } from "./rankwright.js";

const scratch = mkdtempSync(join(tmpdir(), "rankwright-lexical-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const SHAPES = {
  small: { layers: 2, hiddenSize: 16, heads: 2, intermediateSize: 24, maxTokens: 64 },
  factorised: { layers: 1, hiddenSize: 16, heads: 4, embeddingSize: 8, maxTokens: 64 },
} as const;

/** A model whose weights but the shortcut's are ten times those of an untrained one: all parts of it matter to scores. */
async function writeModel(name: keyof typeof SHAPES): Promise<string> {
  const folder = join(scratch, name);
  await createModel(folder, { shape: SHAPES[name], tokenizer: TINY_TOKENIZER, rarity: TINY_RARITY, seed: 3 });
  const tensors = [...(await readTensors(folder))].map(([tensor, { data, shape }]) => ({
    name: tensor,
    shape,
    data: /LayerNorm|rarity|views|shortcut/.test(tensor) ? data : data.map((value) => 10 * value),
  }));
  await writeSafetensors(join(folder, "model.safetensors"), tensors);
  return folder;
}

async function readTensors(folder: string) {
  const checkpoint = await openCheckpoint(folder);
  const tensors = new Map<string, { data: Float32Array; shape: readonly number[] }>();
  for (const name of checkpoint.names()) {
    tensors.set(name, { data: await checkpoint.read(name), shape: checkpoint.info(name).shape });
  }
  await checkpoint.close();
  return tensors;
}

const folders: Record<string, string> = {};
beforeAll(async () => {
  for (const name of ["small", "factorised"] as const) folders[name] = await writeModel(name);
});
const open = (name: keyof typeof SHAPES, options: CrossEncoderOptions = {}) =>
  loadCrossEncoder(folders[name]!, name, { threads: 2, ...options });
const pair = (query: string, text: string): Pair => ({ query, document: { text } });

const PAIRS: readonly Pair[] = [
  pair("iron magnet", "the iron pulls, the magnets pull"),
  pair("iron magnet", "the river"),
  pair("underground?", "under the river, a cat. 東京 中"),
  pair("12", ""),
  pair("", "iron"),
  pair("iron iron iron", "iron ".repeat(80)),
];

describe.each(["small", "factorised"] as const)("the forward pass, %s", (name) => {
  it("gives what plain double-precision loops give", async () => {
    const config = rankwright.readConfig(
      configOf(SHAPES[name], Object.keys(TINY_TOKENIZER.model.vocab).length),
    );
    const tensors = new Map(
      [...(await readTensors(folders[name]!))].map(([tensor, { data }]) => [tensor, data]),
    );
    const encoder = new PairEncoder(buildTokenizer({ tokenizer: TINY_TOKENIZER }), { maxTokens: 64 });
    const pieces = Object.keys(TINY_TOKENIZER.model.vocab);
    const expected = PAIRS.map(({ query, document }) => {
      const [sequence] = encoder.encodeDocument(encoder.encodeQuery(query), document).sequences;
      return plainForward(sequence!, tensors, config, pieces, TINY_RARITY)[0]!;
    });
    const model = await open(name);
    const { scores } = await model.score(PAIRS);
    await model.close();
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.1);
    expected.forEach((score, i) => {
      expect(Math.abs(score - scores[i]!), `pair ${i}`).toBeLessThan(1e-5);
    });
  });
});

describe.each(["float32", "int8"] as const)("a pair's score in %s", (precision) => {
  let model: CrossEncoder;
  beforeAll(async () => {
    model = await open("small", { precision });
  });
  afterAll(() => model.close());

  it("is the same alone, in any batch and in any order", async () => {
    const words = fc.array(fc.constantFrom("iron", "magnet", "magnets", "the", "pull", "dog", "東京", "é"), {
      maxLength: 30,
    });
    const pairs = fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(pairs, async (texts) => {
        const list = texts.map(([query, text]) => pair(query.join(" "), text.join(" ")));
        const together = (await model.score(list)).scores;
        const backwards = (await model.score(list.toReversed())).scores.reverse();
        for (const [i, one] of list.entries()) {
          const alone = (await model.score([one])).scores[0]!;
          expect(Math.abs(alone - together[i]!)).toBeLessThanOrEqual(1e-5);
          expect(Math.abs(backwards[i]! - together[i]!)).toBeLessThanOrEqual(1e-5);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("does not depend on case", async () => {
    const [a, b] = (await model.score([pair("Iron", "IRON river"), pair("iron", "iron river")])).scores;
    expect(a).toBe(b);
  });
});

it("int8 stays near float32 without being equal to it", async () => {
  const [exact, quantized] = await Promise.all([open("small"), open("small", { precision: "int8" })]);
  const a = (await exact.score(PAIRS)).scores;
  const b = (await quantized.score(PAIRS)).scores;
  const drift = Math.max(...a.map((score, i) => Math.abs(score - b[i]!)));
  expect(drift).toBeGreaterThan(0);
  expect(drift).toBeLessThan(0.15 * (Math.max(...a) - Math.min(...a)));
  await Promise.all([exact.close(), quantized.close()]);
});

it("scores a window as it scores the window's text alone", async () => {
  const text = `${"river ".repeat(90)}the iron magnet`;
  const windowed = await open("small", { windows: { tokens: 24, overlap: 4, maxWindows: 50 } });
  const whole = await windowed.score([pair("magnet", text)]);
  const [start, end] = whole.evidence![0]!.window;
  const alone = await windowed.score([pair("magnet", text.slice(start, end))]);
  expect(Math.abs(whole.scores[0]! - alone.scores[0]!)).toBeLessThan(1e-5);
  await windowed.close();
});

it("is inspected as other checkpoints are, without problems", async () => {
  const report = await inspectModel(folders.factorised!);
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({ family: "rankwright", maxTokens: 64 });
  const { weights, cost } = report;
  // All tensors but the rarity table, which no node of the graph reads.
  expect(cost!.parameters).toBe(weights.bytes / 4 - Object.keys(TINY_TOKENIZER.model.vocab).length);
});

describe("a folder that cannot be read", () => {
  const broken = async (change: (folder: string) => Promise<void> | void) => {
    const folder = mkdtempSync(join(scratch, "broken-"));
    await createModel(folder, {
      shape: SHAPES.small,
      tokenizer: TINY_TOKENIZER,
      rarity: TINY_RARITY,
      seed: 1,
    });
    await change(folder);
    return loadCrossEncoder(folder, "broken", { threads: 1 });
  };
  const editJson = (folder: string, file: string, edit: (json: Record<string, unknown>) => void) => {
    const json = JSON.parse(readFileSync(join(folder, file), "utf8"));
    edit(json);
    writeFileSync(join(folder, file), JSON.stringify(json));
  };
  const rarity = async (folder: string, levels: readonly number[]) => {
    const tensors = [...(await readTensors(folder))].map(([name, tensor]) =>
      name === RARITY_TENSOR
        ? { name, shape: [levels.length], data: Float32Array.from(levels) }
        : { name, ...tensor },
    );
    await writeSafetensors(join(folder, "model.safetensors"), tensors);
  };

  it("names the version of the features that it does not know", async () => {
    const opening = broken((folder) =>
      editJson(folder, "config.json", (json) => (json.lexical_features = 1)),
    );
    await expect(opening).rejects.toMatchObject({ code: "UNSUPPORTED_FEATURE", field: "lexical_features" });
  });

  it("wants a level of rarity for each id", async () => {
    for (const levels of [TINY_RARITY.slice(1), TINY_RARITY.with(7, 16), TINY_RARITY.with(7, 0.5)]) {
      const opening = broken((folder) => rarity(folder, levels));
      await expect(opening).rejects.toMatchObject({ code: "TENSOR_SHAPE", field: RARITY_TENSOR });
    }
  });

  it("wants a WordPiece vocabulary", async () => {
    const opening = broken((folder) =>
      editJson(folder, "tokenizer.json", (json) => {
        json.model = { ...(json.model as object), continuing_subword_prefix: "@@" };
      }),
    );
    await expect(opening).rejects.toMatchObject({
      code: "INVALID_TOKENIZER",
      field: "model.continuing_subword_prefix",
    });
  });
});
