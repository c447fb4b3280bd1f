import type { InferenceSession } from "onnxruntime-node";
import type { Feeds, Outputs } from "../../onnx/index.js";
import type { AdamWStep } from "../optimizer/adamw.js";
import type { MaskSlice } from "./dropout-masks.js";
import type { MemoryLayout } from "./memory-layout.js";
import type { StepResult } from "./step.js";

/** Parts of the memory, one number for each weight in each. */
export type Region =
  | "weights"
  | "gradients"
  | "firstMoments"
  | "secondMoments"
  | "averages"
  | "contributions";

/** What the worker thread starts from. */
export interface WorkerSetup {
  readonly model: string | Uint8Array;
  readonly loss: string;
  readonly measures: readonly string[];
  /** Model of the forward pass only, with the same weight inputs. */
  readonly forward: string | Uint8Array | undefined;
  readonly layout: MemoryLayout;
  readonly regions: readonly Region[];
  readonly kernels: Uint8Array;
  readonly session: InferenceSession.SessionOptions;
}

export interface StepRequest {
  readonly batches: readonly {
    readonly feeds: Feeds;
    readonly share: number;
    readonly masks: readonly MaskSlice[];
  }[];
  /** What the store of numbers that masks are cut from grows by. */
  readonly maskNumbers: Float32Array | undefined;
  readonly adamw: AdamWStep;
  readonly maxGradientNorm: number | undefined;
  readonly averaging: number | undefined;
  readonly untouchedRows: "update" | "leave";
}

export interface ForwardRequest {
  readonly feeds: Feeds;
  readonly region: "weights" | "averages";
}

/** The loss of a batch, or the norm, is not finite; nothing was updated. */
export type Divergence =
  | { readonly diverged: "loss"; readonly value: number; readonly batch: number }
  | { readonly diverged: "gradientNorm"; readonly value: number };

/** Every request to the worker: what it takes and what it answers. */
export interface Requests {
  step: { request: StepRequest; reply: StepResult | Divergence };
  forward: { request: ForwardRequest; reply: Outputs };
  read: { request: { readonly region: Region; readonly length: number }; reply: Float32Array<ArrayBuffer> };
  write: { request: { readonly region: Region; readonly data: Float32Array }; reply: undefined };
}

export interface RequestMessage {
  readonly kind: keyof Requests;
  readonly request: Requests[keyof Requests]["request"];
}

export type ReplyMessage = { readonly reply: unknown } | { readonly error: string };
