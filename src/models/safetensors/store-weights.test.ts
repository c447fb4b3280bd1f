import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCrossEncoder } from "../load-cross-encoder.js";
import { openCheckpoint } from "./open-checkpoint.js";
import { storeWeights } from "./store-weights.js";
import { writeSafetensors } from "./write.js";

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");
const FILE = "model.safetensors";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  cpSync(MODEL, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

async function score(model: string): Promise<number> {
  const scorer = await loadCrossEncoder(model, "m");
  try {
    return (await scorer.score([{ query: "a of", document: { text: "the a in" } }])).scores[0] as number;
  } finally {
    await scorer.close();
  }
}

describe("storeWeights", () => {
  it("stores float16 in half the room, with scores that hardly move", async () => {
    await storeWeights(folder, "F16");
    const size = (place: string) => statSync(join(place, FILE)).size;
    expect(size(folder)).toBeLessThan(0.65 * size(MODEL));
    const [before, after] = [await score(MODEL), await score(folder)];
    expect(after).not.toBe(before);
    expect(Math.abs(after - before)).toBeLessThan(2e-3 * Math.max(1, Math.abs(before)));
  });

  it("loses nothing more on the way back, and again", async () => {
    await storeWeights(folder, "F16");
    const once = readFileSync(join(folder, FILE));
    await storeWeights(folder, "F32");
    const checkpoint = await openCheckpoint(folder);
    expect(checkpoint.info("classifier.weight").dtype).toBe("F32");
    await checkpoint.close();
    await storeWeights(folder, "F16");
    expect(readFileSync(join(folder, FILE)).equals(once)).toBe(true);
  });

  it("names the tensor that float16 cannot hold, and leaves the weights as they were", async () => {
    await writeSafetensors(join(folder, FILE), [{ name: "head", shape: [1], data: Float32Array.of(1e6) }]);
    const before = readFileSync(join(folder, FILE));
    await expect(storeWeights(folder, "F16")).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringContaining('tensor "head" holds 1000000'),
    });
    expect(readFileSync(join(folder, FILE)).equals(before)).toBe(true);
  });
});
