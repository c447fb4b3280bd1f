import { type ListwiseOptions, listwise } from "../../rerank/index.js";
import { oneOf, whole } from "../fields.js";
import { chatKind } from "../remote/chat-kind.js";
import type { ChatSpec } from "../remote/chat-spec.js";

/** A chat model puts windows of the list in order, see `listwise`. */
export interface ListwiseSpec {
  readonly listwise: ListwiseFields;
}

interface ListwiseFields
  extends ChatSpec,
    Pick<
      ListwiseOptions,
      "window" | "stride" | "passes" | "permutations" | "shuffle" | "aggregate" | "reading"
    > {}

export const listwiseKind = chatKind<ListwiseFields>(
  "listwise",
  {
    window: whole(2),
    stride: whole(1),
    passes: whole(1),
    permutations: whole(1),
    shuffle: oneOf("window", "list"),
    aggregate: oneOf("borda", "kemeny"),
    reading: oneOf("text", "logprobs"),
  },
  listwise,
);
