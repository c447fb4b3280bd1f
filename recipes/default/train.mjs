// Step 2: the runs of runs.mjs. Ctrl-C and start again: it goes on where it was.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createLoss, openDataset, splitByHash, train } from "../../dist/train/index.js";
import { say, WORK } from "./places.mjs";
import { RUNS } from "./runs.mjs";

const controller = new AbortController();
process.once("SIGINT", () => controller.abort(new Error("interrupted")));

for (const { name, from, weights, blend: _, loss, holdOut, ...options } of RUNS) {
  const out = join(WORK, name);
  if (existsSync(join(out, "model.safetensors"))) continue;
  const sources = Object.entries(weights).map(([source, weight]) => ({
    file: join(WORK, "data", `${source}.jsonl.gz`),
    weight,
  }));
  const { train: data, validation } = splitByHash(await openDataset(sources, { skipInvalid: 1000 }), holdOut);
  say(`${name}: ${data.size} lists to learn from, ${validation.size} held out`);
  let last = 0;
  const report = await train({
    ...options,
    model: join(WORK, from),
    out,
    data,
    validation,
    loss: createLoss(loss),
    resume: true,
    signal: controller.signal,
    onProgress: ({ step, done, loss, validation, tokensPerSecond, timeLeft }) => {
      if (performance.now() - last < 15_000) return;
      last = performance.now();
      const quality = validation === undefined ? "" : ` · nDCG@10 ${validation.toFixed(4)}`;
      say(
        `${name} · step ${step} · ${(100 * done).toFixed(1)} % · loss ${loss.toFixed(4)}${quality} · ` +
          `${Math.round(tokensPerSecond)} tokens/s · ${Math.round(timeLeft / 60)} min left`,
      );
    },
  });
  writeFileSync(join(out, "training.json"), `${JSON.stringify(report)}\n`);
  say(`${name}: ${report.steps} updates, ${report.seen.pairs} pairs, best ${JSON.stringify(report.best)}`);
}
