import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildFmaPeak } from "../limits/fma-peak.mjs";
import { interleave } from "../measure/interleave.mjs";

const SGEMM = fileURLToPath(new URL("../limits/sgemm.mjs", import.meta.url));
/** The best of several counts: whatever disturbs can only make a limit look lower. */
const TIMES = { rounds: 3, attempts: 8 };

/**
 * What the machine can do at most, in GF/s. `fma` is undefined without a C compiler; `disturbed` says that
 * other processes were at work all the time, so that both are too low.
 * @param {{ root: string, onSample: (name: string) => void }} options
 */
export async function measureLimits({ root, onSample }) {
  const runFma = buildFmaPeak(root);
  const tasks = {
    sgemm: async () => {
      const output = execFileSync(process.execPath, [SGEMM, root], { encoding: "utf8" });
      const { rate, cpuMs } = JSON.parse(output);
      return { value: rate, cpuMs };
    },
  };
  if (runFma !== undefined) {
    tasks.fma = async () => {
      const { cpuMs, ...value } = runFma();
      return { value, cpuMs };
    };
  }
  const { sgemm, fma } = await interleave(tasks, { ...TIMES, onSample });
  const undisturbed = [sgemm, fma].every(
    (samples) => samples === undefined || samples.disturbed < TIMES.rounds,
  );
  return {
    sgemm: Math.max(...sgemm.values),
    fma: fma && {
      isa: fma.values[0].isa,
      one: Math.max(...fma.values.map(({ one }) => one)),
      all: Math.max(...fma.values.map(({ all }) => all)),
    },
    disturbed: !undisturbed,
  };
}
