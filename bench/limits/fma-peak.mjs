import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("fma-peak.c", import.meta.url));

/**
 * Compiles fma-peak.c.
 * @param {string} folder where the program may be put
 * @returns {(() => { isa: string, one: number, all: number, cpuMs: number }) | undefined} runs it, rates in
 *   GF/s; undefined where no C compiler can build it
 */
export function buildFmaPeak(folder) {
  const program = join(folder, "fma-peak");
  for (const target of ["-march=native", "-mcpu=native"]) {
    const flags = ["-O3", "-funroll-loops", target, SOURCE, "-o", program, "-pthread"];
    try {
      execFileSync("cc", flags, { stdio: "ignore" });
    } catch {
      continue;
    }
    return () => JSON.parse(execFileSync(program, [`${availableParallelism()}`], { encoding: "utf8" }));
  }
  return undefined;
}
