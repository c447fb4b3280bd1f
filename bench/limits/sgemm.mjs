// node sgemm.mjs FOLDER: prints the GF/s of ONNX Runtime's float32 matrix product, 2048³, on all
// processors, and the processor time that this took.
// A process of its own, because ONNX Runtime's threads spin.
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { OnnxGraph } from "../models/onnx-file.mjs";
import { Random } from "../models/random.mjs";

const SIZE = 2048;
const RUNS = 20;

const random = new Random("sgemm");
const weights = random.normal(SIZE * SIZE, 1);
const graph = new OnnxGraph();
const input = graph.input("x", "float", [SIZE, SIZE]);
graph.node("MatMul", [input, graph.tensor("w", [SIZE, SIZE], () => weights)], {}, "y");
graph.output("y", [SIZE, SIZE]);
const path = join(process.argv[2], "sgemm.onnx");
await graph.write(path);

const session = await InferenceSession.create(path);
const tensor = (data) => new Tensor("float32", data, [SIZE, SIZE]);
const feeds = { x: tensor(random.normal(SIZE * SIZE, 1)) };
const fetches = { y: tensor(new Float32Array(SIZE * SIZE)) };
let best = Number.POSITIVE_INFINITY;
for (let i = 0; i < RUNS; i++) {
  const started = performance.now();
  await session.run(feeds, fetches);
  best = Math.min(best, performance.now() - started);
}
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ rate: (2 * SIZE ** 3) / best / 1e6, cpuMs: (user + system) / 1000 }));
