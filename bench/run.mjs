// npm run bench: rankwright against @huggingface/transformers. See README.md in this folder.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPeer } from "./install-peer.mjs";
import { SHAPES } from "./models/shapes.mjs";
import { readOptions } from "./options.mjs";
import { environment, environmentReport } from "./report/environment.mjs";
import { shapeReport } from "./report/shape-report.mjs";
import { otherTargets, ratioTable } from "./report/targets.mjs";
import { measureLimits } from "./stages/limits.mjs";
import { measureSpeed } from "./stages/speed.mjs";
import { measureMemory, measureStarts } from "./stages/starts.mjs";
import { measureTokenization } from "./stages/tokenization.mjs";

const MAKE = fileURLToPath(new URL("models/make.mjs", import.meta.url));

const options = readOptions();
if (options !== undefined) await run(options);

async function run({ shapes, root, plan, json }) {
  const peer = installPeer();
  execFileSync(process.execPath, [MAKE, root, ...shapes], { stdio: "inherit" });
  const workload = JSON.parse(readFileSync(join(root, "workload.json"), "utf8"));
  const progress = (stage) => (sample) => tell(`${stage}: ${sample}`);

  const limits = await measureLimits({ root, onSample: progress("limits of the machine") });
  const tokenization = await measureTokenization({
    root,
    shape: shapes[0],
    times: plan(shapes[0]).starts,
    onSample: progress("tokenising"),
  });
  const facts = environment(peer);
  print(environmentReport(facts, workload, limits, tokenization));

  const results = {};
  for (const shape of shapes) {
    const { title } = SHAPES[shape];
    const { speed, starts } = plan(shape);
    const common = { root, shape };
    const result = {
      starts: await measureStarts({ ...common, times: starts, onSample: progress(`${title}, cold start`) }),
      memory: await measureMemory({ ...common, onSample: progress(`${title}, memory`) }),
      speed: await measureSpeed({ ...common, times: speed, onSample: progress(`${title}, 100 pairs`) }),
    };
    results[shape] = result;
    print(shapeReport({ root, shape, result, workload, limits }));
  }
  print(otherTargets({ root, results, tokenization, workload, limits }));
  print(ratioTable(results));
  if (json !== undefined) {
    writeFileSync(json, JSON.stringify({ facts, workload, limits, tokenization, results }, null, 1));
  }
}

/** What is going on, on a terminal's last line. */
function tell(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

function print(text) {
  tell("");
  process.stdout.write(`\n${text}\n`);
}
