import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCheckpoint } from "../../models/safetensors/index.js";
import { INT8_RECORD } from "../int8-gate/int8-record.js";
import { saveModel } from "./save-model.js";

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");
const CLASSIFIER = "classifier.weight";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "save-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The golden model, as a training holds it. */
async function open(): Promise<Parameters<typeof saveModel>[1]> {
  const checkpoint = await openCheckpoint(MODEL);
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const name of checkpoint.names()) {
    tensors.set(name, { shape: checkpoint.info(name).shape, data: await checkpoint.read(name) });
  }
  await checkpoint.close();
  return { folder: MODEL, tensors };
}

describe("saveModel", () => {
  it("keeps every tensor bit for bit, but those with new numbers", async () => {
    const model = await open();
    const changed = (model.tensors.get(CLASSIFIER) as { data: Float32Array }).data.map((value) => value + 1);
    await saveModel(folder, model, new Map([[CLASSIFIER, changed]]));
    const checkpoint = await openCheckpoint(folder);
    expect(checkpoint.names()).toEqual([...model.tensors.keys()]);
    for (const [name, { data, shape }] of model.tensors) {
      expect(checkpoint.info(name)).toMatchObject({ dtype: "F32", shape });
      expect(await checkpoint.read(name), name).toEqual(name === CLASSIFIER ? changed : data);
    }
    await checkpoint.close();
    expect(readFileSync(join(folder, "config.json"))).toEqual(readFileSync(join(MODEL, "config.json")));
  });

  it("takes away what was said of the int8 of older weights", async () => {
    writeFileSync(join(folder, INT8_RECORD), "{}");
    await saveModel(folder, await open(), new Map());
    expect(existsSync(join(folder, INT8_RECORD))).toBe(false);
  });
});
