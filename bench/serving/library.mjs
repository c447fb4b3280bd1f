// node library.mjs FOLDER PRECISION WORKLOAD CALLS: answers each line of standard input, a number of seconds, with how
// many pairs a second the library scores when so many calls are under way at all times.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadReranker } from "../../dist/index.js";

const [folder, precision, workload, calls] = process.argv.slice(2);
const { query, documents } = JSON.parse(readFileSync(workload, "utf8"));
const reranker = await loadReranker(folder, { precision });
await reranker.rerank({ query, documents });
console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const cpu = process.cpuUsage();
  const seconds = Number(line);
  const ends = [];
  const start = performance.now();
  const work = async () => {
    while (performance.now() < start + 1000 * seconds) {
      await reranker.rerank({ query, documents });
      ends.push(performance.now());
    }
  };
  await Promise.all(Array.from({ length: Number(calls) }, work));
  const counted = ends.filter((end) => end >= start + 200 * seconds && end <= start + 1000 * seconds);
  const rate = (1000 * documents.length * (counted.length - 1)) / (counted.at(-1) - counted[0]);
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ rate, cpuMs: (user + system) / 1000 }));
}
await reranker.close();
