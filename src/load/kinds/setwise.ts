import { type SetwiseOptions, setwise } from "../../rerank/index.js";
import { oneOf, whole } from "../fields.js";
import { chatKind } from "../remote/chat-kind.js";
import type { ChatSpec } from "../remote/chat-spec.js";

/** A chat model names the best of a few, see `setwise`. */
export interface SetwiseSpec {
  readonly setwise: SetwiseFields;
}

interface SetwiseFields
  extends ChatSpec,
    Pick<SetwiseOptions, "children" | "sort" | "depth" | "permutations" | "reading"> {}

export const setwiseKind = chatKind<SetwiseFields>(
  "setwise",
  {
    children: whole(1),
    sort: oneOf("heapsort", "bubblesort"),
    depth: whole(1),
    permutations: whole(1),
    reading: oneOf("text", "logprobs"),
  },
  setwise,
);
