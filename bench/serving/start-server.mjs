import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/**
 * `rankwright serve` in a process of its own.
 * @param {readonly string[]} flags
 */
export async function startServer(flags) {
  const args = [CLI, "serve", "--port", "0", "--json", "--log-level", "silent", ...flags];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const [line] = await Promise.race([
    new Promise((resolve) => child.stdout.once("data", (data) => resolve([String(data)]))),
    ended.then((code) => Promise.reject(new Error(`the server ended with ${code}`))),
  ]);
  const { url } = JSON.parse(line);
  return {
    url,
    /** Seconds of processor time and bytes of memory of the process, by the server's own account. */
    async figures() {
      const text = await (await fetch(`${url}/metrics`)).text();
      const value = (/** @type {string} */ name) => Number(new RegExp(`^${name} (.*)$`, "m").exec(text)?.[1]);
      return { cpu: value("process_cpu_seconds_total"), memory: value("process_resident_memory_bytes") };
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
