import { statSync } from "node:fs";
import { join } from "node:path";
import { usefulFlops } from "../limits/useful-flops.mjs";
import { median } from "../measure/statistics.mjs";
import { SHAPES } from "../models/shapes.mjs";
import { megabytes, number, table, tiny } from "./table.mjs";

/** How many times as fast as the peer: [precision, way of calling the peer, target by shape]. */
const RATIOS = [
  ["float32", "one call", { tiny: 8, mini: 6, base: 5 }],
  ["int8", "one call", { tiny: 12, mini: 14, base: 15 }],
  ["float32", "one pair a call", { tiny: 2.4, mini: 1.6, base: 1.35 }],
  ["int8", "one pair a call", { tiny: 3.5, mini: 3.5, base: 3.8 }],
];

/** The ratios against what they should be. */
export function ratioTable(results) {
  const shapes = Object.keys(results);
  const rows = RATIOS.map(([precision, way, targets]) => [
    `${precision} vs ${way}`,
    ...shapes.flatMap((shape) => {
      const { ways } = results[shape].speed;
      const ratio = median(ways[way].times) / median(ways[precision].times);
      return [times(ratio, ways[way], ways[precision]), atLeast(ratio, targets[shape])];
    }),
  ]);
  const best = ["float32", "int8"].map((precision) => [
    `${precision} vs its fastest way`,
    ...shapes.flatMap((shape) => {
      const { float32, int8, ...peer } = results[shape].speed.ways;
      const own = { float32, int8 }[precision];
      const [fastest] = Object.values(peer).sort((a, b) => median(a.times) - median(b.times));
      return [times(median(fastest.times) / median(own.times), fastest, own), "-"];
    }),
  ]);
  const head = ["times as fast as the peer", ...shapes.flatMap((shape) => [SHAPES[shape].title, "target"])];
  return table(head, [...rows, ...best]);
}

/** Marked where one of the two was measured on a busy machine. */
function times(ratio, a, b) {
  return `${number(ratio)}x${a.disturbed + b.disturbed > 0 ? " !" : ""}`;
}

function atLeast(value, target) {
  return `${target}${value >= target ? "" : " MISS"}`;
}

/** The other figures that have a target. */
export function otherTargets({ root, results, tokenization, workload, limits }) {
  const rows = [];
  const atMost = (what, value, target, show) => {
    rows.push([what, show(value), show(target), value <= target ? "" : "MISS"]);
  };
  const ms = (value) => `${number(value)} ms`;
  const mb = (value) => `${megabytes(value)} MB`;
  atMost("tokenising 100 pairs", median(tokenization.ours), 1.5, ms);
  for (const [shape, { speed, starts, memory }] of Object.entries(results)) {
    const { title } = SHAPES[shape];
    atMost(`${title}: float32 scores against peer, max |diff|`, speed.difference.float32, 1e-5, tiny);
    if (shape === "mini") {
      const first = median(starts.float32.values.map(({ loadMs, firstMs }) => loadMs + firstMs));
      atMost(`${title}: load to first score, converted`, first, 300, ms);
    }
    if (shape === "mini" && limits.fma !== undefined) {
      const least = usefulFlops(SHAPES[shape], workload.pairTokens) / limits.fma.all / 1e6;
      const doubt = limits.disturbed ? " (busy machine)" : "";
      atMost(`${title}: float32 time / limit${doubt}`, median(speed.ways.float32.times) / least, 1.4, number);
    }
    const weights = statSync(join(root, shape, "model.safetensors")).size;
    const bound = 2.5 * weights + 150e6;
    atMost(`${title}: peak memory, float32, first ever`, memory["float32, first ever"], bound, mb);
  }
  return table(["", "measured", "target", ""], rows);
}
