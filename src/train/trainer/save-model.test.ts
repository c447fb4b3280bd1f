import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openCheckpoint } from "../../models/safetensors/index.js";
import { INT8_RECORD } from "../int8-gate/int8-record.js";
import { saveModel } from "./save-model.js";

/** What the system says to copies; unset: a healthy disk. */
let trouble: string | undefined;

vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>();
  const copyFile = async (...args: Parameters<typeof fs.copyFile>) => {
    if (trouble !== undefined) throw Object.assign(new Error("copy failed"), { code: trouble });
    return fs.copyFile(...args);
  };
  return { ...fs, copyFile };
});

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");
const CLASSIFIER = "classifier.weight";

let folder: string;
beforeEach(() => {
  trouble = undefined;
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

  it.each([
    ["ENOSPC", "DISK_FULL"],
    ["EDQUOT", "DISK_FULL"],
    ["EACCES", "WRITE_FAILED"],
  ])("says %s of the files beside the weights as %s", async (system, code) => {
    trouble = system;
    await expect(saveModel(folder, await open(), new Map())).rejects.toMatchObject({
      code,
      field: "out",
      value: folder,
    });
  });
});
