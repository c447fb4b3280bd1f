import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SHAPES } from "./models/shapes.mjs";

const HELP = `npm run bench -- [--shapes tiny,mini,base] [--quick] [--json FILE]

  --shapes  which model shapes to measure (default: all three)
  --quick   few samples and no second tries, for a first look
  --json    also write every figure to FILE

Models are made once and kept in RANKWRIGHT_BENCH_DIR (default: ${join(tmpdir(), "rankwright-bench")}).
`;

/** Samples per contestant: of the time for all pairs, and of cold starts. */
const ROUNDS = {
  tiny: { speed: 11, starts: 7 },
  mini: { speed: 7, starts: 7 },
  base: { speed: 3, starts: 3 },
};
const QUICK_ROUNDS = {
  tiny: { speed: 3, starts: 2 },
  mini: { speed: 2, starts: 2 },
  base: { speed: 1, starts: 1 },
};
/** A full run tries again where samples are dropped, up to this many times as often. */
const ATTEMPTS = 1.7;

/** The command line, or undefined where it is wrong or only asks for help. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      shapes: { type: "string", default: Object.keys(SHAPES).join() },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const shapes = values.shapes.split(",");
  const unknown = shapes.filter((name) => !Object.hasOwn(SHAPES, name));
  if (unknown.length > 0)
    process.stderr.write(`--shapes: ${unknown.join()} is none of ${Object.keys(SHAPES)}\n`);
  if (values.help || unknown.length > 0) {
    process.stderr.write(HELP);
    process.exitCode = values.help ? 0 : 2;
    return undefined;
  }
  return {
    shapes,
    root: resolve(process.env.RANKWRIGHT_BENCH_DIR ?? join(tmpdir(), "rankwright-bench")),
    /** How often to measure: each figure is `{ rounds, attempts }`. */
    plan: (/** @type {string} */ shape) => {
      const { speed, starts } = (values.quick ? QUICK_ROUNDS : ROUNDS)[shape];
      const times = (rounds) => ({ rounds, attempts: values.quick ? rounds : Math.ceil(ATTEMPTS * rounds) });
      return { speed: times(speed), starts: times(starts) };
    },
    json: values.json,
  };
}
