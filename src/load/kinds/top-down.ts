import { type TopDownOptions, topDown } from "../../rerank/index.js";
import { whole } from "../fields.js";
import { chatKind } from "../remote/chat-kind.js";
import type { ChatSpec } from "../remote/chat-spec.js";

/** A chat model compares windows with a pivot, see `topDown`. */
export interface TopDownSpec {
  readonly topDown: TopDownFields;
}

interface TopDownFields extends ChatSpec, Pick<TopDownOptions, "window" | "cutoff" | "keep"> {}

export const topDownKind = chatKind<TopDownFields>(
  "topDown",
  { window: whole(3), cutoff: whole(1), keep: whole(1) },
  topDown,
);
