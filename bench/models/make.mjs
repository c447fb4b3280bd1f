// node make.mjs FOLDER SHAPE...: writes the model folders and the workload that are not there yet.
// A process of its own, so that its memory does not count for anybody.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSafetensors } from "../../dist/models/safetensors/index.js";
import { loadTokenizer } from "../../dist/text/index.js";
import { makeCheckpoint, modelConfig } from "./checkpoint.mjs";
import { writePlainExport } from "./plain-export.mjs";
import { SHAPES } from "./shapes.mjs";
import { tokenizerFiles } from "./tokenizer-files.mjs";
import { makeVocabulary } from "./vocabulary.mjs";
import { makeWorkload } from "./workload.mjs";

/** Says in each folder which state of these scripts has made it. */
const STAMP = "generator.sha256";

const [root, ...names] = process.argv.slice(2);
await mkdir(root, { recursive: true });
const vocabulary = makeVocabulary();
const generator = hashOfScripts();
for (const name of names) {
  const folder = join(root, name);
  if ((await readFile(join(folder, STAMP), "utf8").catch(() => "")) === generator) continue;
  process.stderr.write(`making ${SHAPES[name].title} in ${folder}\n`);
  // Under another name until it is whole: an interrupted run leaves nothing that looks finished.
  const unfinished = `${folder}.${process.pid}.tmp`;
  try {
    await writeModel(unfinished, SHAPES[name]);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
const tokenizer = await loadTokenizer(join(root, names[0]));
const workload = makeWorkload((text) => tokenizer.encode(text, { head: 0 }).total);
await writeFile(join(root, "workload.json"), JSON.stringify(workload));

async function writeModel(/** @type {string} */ folder, /** @type {import("./shapes.mjs").Shape} */ shape) {
  await mkdir(join(folder, "onnx"), { recursive: true });
  const files = { "config.json": modelConfig(shape), ...tokenizerFiles(vocabulary) };
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(folder, file), JSON.stringify(content));
  }
  const tensors = makeCheckpoint(shape);
  await writeSafetensors(join(folder, "model.safetensors"), tensors, { format: "pt" });
  await writePlainExport(join(folder, "onnx", "model.onnx"), shape, tensors);
  await writeFile(join(folder, STAMP), generator);
}

function hashOfScripts() {
  const hash = createHash("sha256");
  for (const file of readdirSync(import.meta.dirname).sort()) {
    hash.update(readFileSync(join(import.meta.dirname, file)));
  }
  return hash.digest("hex");
}
