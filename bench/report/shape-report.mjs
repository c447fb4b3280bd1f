import { statSync } from "node:fs";
import { join } from "node:path";
import { usefulFlops } from "../limits/useful-flops.mjs";
import { median, quantile } from "../measure/statistics.mjs";
import { SHAPES } from "../models/shapes.mjs";
import { megabytes, number, table, tiny } from "./table.mjs";

/** What a shape's figures are, in words. */
export function shapeReport({ root, shape, result, workload, limits }) {
  const { title, layers, hidden, heads } = SHAPES[shape];
  const weights = statSync(join(root, shape, "model.safetensors")).size;
  return [
    `${title}: ${layers} layers, hidden size ${hidden}, ${heads} heads, ${megabytes(weights)} MB of weights`,
    "",
    speedTable(result.speed.ways),
    "",
    ...limitLines(shape, result.speed.ways, workload, limits),
    ...differenceLines(result.speed.difference),
    "",
    startTable(result.starts),
    "",
    memoryTable(result.memory),
  ].join("\n");
}

function speedTable(ways) {
  const { float32, int8, ...peer } = ways;
  const usual = median(peer["one call"].times);
  const row = (name, { times, samples, dropped, disturbed }) => [
    name,
    number(median(times)),
    `${number(quantile(times, 0.25))} - ${number(quantile(times, 0.75))}`,
    `${times.length} in ${samples}`,
    counts(dropped, disturbed),
    `${number(usual / median(times))}x`,
  ];
  const rows = [row("rankwright float32", float32), row("rankwright int8", int8)];
  for (const [way, figures] of Object.entries(peer)) rows.push(row(`peer, ${way}`, figures));
  return table(["100 pairs, ms", "median", "25 - 75 %", "passes", "dropped", "speed"], rows);
}

/** Samples dropped because others used the machine; `!n`: n of those used should have been dropped. */
function counts(dropped, disturbed) {
  return disturbed > 0 ? `${dropped} !${disturbed}` : `${dropped}`;
}

function limitLines(shape, ways, { pairTokens }, { fma, sgemm }) {
  const flops = usefulFlops(SHAPES[shape], pairTokens);
  const ms = median(ways.float32.times);
  const rate = flops / ms / 1e6;
  const share = (limit) => `${Math.round((100 * rate) / limit)} %`;
  const lines = [
    `  useful work: ${number(flops / 1e9)} GFLOP; float32 does it at ${number(rate)} GF/s, ` +
      `${share(sgemm)} of ONNX Runtime's own GEMM rate`,
  ];
  if (fma !== undefined) {
    const least = flops / fma.all / 1e6;
    lines.push(
      `  at the FMA peak it needs ${number(least)} ms; measured / limit = ${number(ms / least)} ` +
        `(${share(fma.all)} of the peak)`,
    );
  }
  return lines;
}

function differenceLines({ float32, int8, deviation }) {
  return [
    `  scores, max |difference|: float32 and peer ${tiny(float32)}, int8 and float32 ${tiny(int8)} ` +
      `(deviation ${tiny(deviation)})`,
  ];
}

function startTable(starts) {
  const rows = Object.entries(starts).map(([name, { values, dropped, disturbed }]) => {
    const of = (pick) => median(values.map(pick));
    return [
      name === "peer" ? "peer" : `rankwright ${name}`,
      number(of(({ importMs }) => importMs)),
      number(of(({ loadMs }) => loadMs)),
      number(of(({ firstMs }) => firstMs)),
      number(of(({ loadMs, firstMs }) => loadMs + firstMs)),
      number(of(({ startMs, importMs, loadMs, firstMs }) => startMs + importMs + loadMs + firstMs)),
      counts(dropped, disturbed),
    ];
  });
  const head = ["cold start, ms", "import", "load", "first", "load + first", "whole process", "dropped"];
  return table(head, rows);
}

function memoryTable(memory) {
  const rows = Object.entries(memory).map(([name, bytes]) => [
    name.startsWith("peer") ? (name === "peer" ? "peer, one call" : name) : `rankwright ${name}`,
    megabytes(bytes),
  ]);
  return table(["peak memory, load and one pass", "MB"], rows);
}
