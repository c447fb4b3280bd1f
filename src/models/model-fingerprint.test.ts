import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CrossEncoderOptions, loadCrossEncoder } from "./load-cross-encoder.js";
import { modelFingerprint } from "./model-fingerprint.js";
import { openModelFolder } from "./model-folder.js";

const GOLDENS = join(import.meta.dirname, "../../goldens/models");
let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "fingerprint-"));
});
afterEach(() => rmSync(work, { recursive: true }));

/** A copy of a golden model, to change. */
function copy(name: string): string {
  const folder = join(work, name);
  cpSync(join(GOLDENS, name), folder, { recursive: true });
  return folder;
}
const fingerprint = async (folder: string, options: object = {}) =>
  modelFingerprint(await openModelFolder(folder), options);

/** Changes one weight: the last byte of a file. */
function spoil(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(file, bytes);
}

describe("modelFingerprint", () => {
  it("does not depend on where a model lies", async () => {
    const folder = copy("bert-1label");
    expect(await fingerprint(folder)).toMatch(/^[0-9a-f]{64}$/);
    expect(await fingerprint(folder)).toBe(await fingerprint(join(GOLDENS, "bert-1label")));
  });

  it("differs with the weights, the tokenizer, the configuration and the options", async () => {
    const folder = copy("bert-1label");
    const known = new Set([await fingerprint(folder), await fingerprint(folder, { maxTokens: 9 })]);
    spoil(join(folder, "model.safetensors"));
    known.add(await fingerprint(folder));
    appendFileSync(join(folder, "tokenizer.json"), " ");
    known.add(await fingerprint(folder));
    appendFileSync(join(folder, "config.json"), " ");
    known.add(await fingerprint(folder));
    expect(known.size).toBe(5);
  });

  it("differs with the weights of a ready-made graph", async () => {
    const folder = copy("onnx-with-types");
    const before = await fingerprint(folder);
    spoil(join(folder, "onnx/model.onnx"));
    expect(await fingerprint(folder)).not.toBe(before);
  });
});

describe("a cross-encoder's fingerprint", () => {
  it("differs wherever options change scores, and only there", async () => {
    const of = async (options: CrossEncoderOptions) => {
      const model = await loadCrossEncoder(join(GOLDENS, "bert-1label"), "m", { threads: 1, ...options });
      const found = await model.fingerprint();
      await model.close();
      return found;
    };
    const same = await of({});
    expect(await of({ batchTokens: 99, maxQueuedTokens: 9999 })).toBe(same);
    const others = await Promise.all(
      [
        { precision: "int8" },
        { scores: "probability" },
        { maxTokens: 20 },
        { maxQueryTokens: 5 },
        { truncation: "longest_first" },
        { windows: { tokens: 10 } },
      ].map((options) => of(options as CrossEncoderOptions)),
    );
    expect(new Set([same, ...others]).size).toBe(7);
  });
});
