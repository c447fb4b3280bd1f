import { z } from "zod";
import type { ChatModel, PromptTemplate } from "../../llm/index.js";
import type { Reranker } from "../../types/index.js";
import type { Kind } from "../kind.js";
import { type ChatSpec, chatSchema, openChat } from "./chat-spec.js";

/** What is left of a spec once its chat model is open. */
export type MethodOptions<Spec extends ChatSpec> = Omit<Spec, keyof ChatSpec> &
  Pick<Spec, "documentWords" | "answerTokens" | "temperature" | "seed" | "concurrency"> & {
    readonly prompt?: PromptTemplate | undefined;
  };

/**
 * A way to rank by asking a chat model: `{ "<key>": { "model": …, … } }`.
 *
 * @param method fields beside those of every chat model
 */
export function chatKind<Spec extends ChatSpec>(
  key: string,
  method: z.core.$ZodLooseShape,
  make: (chat: ChatModel, options: MethodOptions<Spec>) => Reranker,
): Kind<Spec, object, never> {
  return {
    key,
    value: chatSchema(method) as unknown as z.ZodType<Spec>,
    fields: z.strictObject({}),
    async open({ value, load }) {
      const { chat, options } = await openChat(value, key, load);
      return make(chat, options as unknown as MethodOptions<Spec>);
    },
  };
}
