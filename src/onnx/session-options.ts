import type { InferenceSession } from "onnxruntime-node";

/**
 * Session options for one of several single-threaded sessions (`threads` = 1) or one that owns
 * several threads. The thread pool may spin for 200 µs only: by default it spins long enough to
 * take the processor from every other session in the process. Denormals count as zero: the softmax of
 * a padded row makes thousands of them, and they are slow enough to double its time; gradients of pairs
 * that a model in training is sure of are denormal too, and made its steps fifteen times slower. (ONNX
 * Runtime sets this for its own threads, but for a calling thread only in the first session of a process.)
 */
export function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    // Buffer plans are kept per input shape, and every batch has its own: 50 MB for nothing.
    enableMemPattern: false,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { spin_duration_us: "200" }, set_denormal_as_zero: "1" } },
  };
}
