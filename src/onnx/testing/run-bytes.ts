import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Graph } from "../graph.js";
import { modelBytes } from "../serialize.js";
import { sessionOptions } from "../session-options.js";

export interface Fed {
  readonly type?: "float32" | "int32" | undefined;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Runs a graph without weights of a checkpoint once, in this thread. */
export async function runBytes(
  graph: Graph,
  feeds: Readonly<Record<string, Fed>>,
): Promise<Readonly<Record<string, { readonly dims: readonly number[]; readonly data: Float32Array }>>> {
  const session = await InferenceSession.create(await modelBytes(graph), sessionOptions(1));
  try {
    const tensors = Object.entries(feeds).map(([name, { type = "float32", data, dims }]) => {
      const typed = type === "int32" ? Int32Array.from(data) : Float32Array.from(data);
      return [name, new Tensor(type, typed, dims)] as const;
    });
    const results = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(
      Object.entries(results).map(([name, { data, dims }]) => [name, { dims, data: data as Float32Array }]),
    );
  } finally {
    await session.release();
  }
}
