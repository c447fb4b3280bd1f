import { readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { quantile } from "../measure/statistics.mjs";

/** Where and on what was measured. */
export function environment(peer) {
  const version = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")).version;
  return {
    date: new Date().toISOString().slice(0, 10),
    rankwright: version("../../package.json"),
    peer: peer.version,
    runtime: version("../../node_modules/onnxruntime-node/package.json"),
    peerRuntime: peer.runtime,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    processors: availableParallelism(),
    memory: totalmem(),
  };
}

export function environmentReport(facts, { pairTokens }, { fma, sgemm, disturbed }, tokenization) {
  const total = pairTokens.reduce((sum, tokens) => sum + tokens, 0);
  const at = (p) => Math.round(quantile(pairTokens, p));
  const medianOf = (times) => quantile(times, 0.5).toFixed(2);
  return [
    `rankwright ${facts.rankwright} (onnxruntime ${facts.runtime}) against its peer,`,
    `@huggingface/transformers ${facts.peer} (onnxruntime ${facts.peerRuntime}): same weights, same pairs`,
    `${facts.date}, Node ${facts.node}, ${facts.platform}, ${Math.round(facts.memory / 2 ** 30)} GiB`,
    `${facts.processors} x ${facts.processor}`,
    `work: 1 query, ${pairTokens.length} documents; tokens per pair: mean ` +
      `${(total / pairTokens.length).toFixed(1)}, 95 % ${at(0.95)}, longest ${at(1)}; tokenising included`,
    "",
    fma === undefined
      ? "no C compiler: FMA peak not measured"
      : `FMA peak (C, ${fma.isa}): ${Math.round(fma.all)} GF/s, ${Math.round(fma.one)} on one thread`,
    `ONNX Runtime float32 GEMM 2048^3: ${Math.round(sgemm)} GF/s` +
      (fma === undefined ? "" : `, ${Math.round((100 * sgemm) / fma.all)} % of the peak`),
    ...(disturbed ? ["  other processes were busy all the time: these limits are too low"] : []),
    `tokenising the ${pairTokens.length} pairs alone: rankwright ${medianOf(tokenization.ours)} ms, ` +
      `peer ${medianOf(tokenization.peer)} ms; ids differ in ${tokenization.differing} pairs`,
    "peer: AutoTokenizer + AutoModelForSequenceClassification with their defaults; usual use: one call",
    "dropped: samples during which other processes took over 7 % of the machine, measured again;",
    "  !n: no quieter moment came, and n of the samples used are such",
  ].join("\n");
}
