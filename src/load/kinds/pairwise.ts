import { z } from "zod";
import { type LlmJudgeOptions, llmJudge, type PairwiseOptions, pairwise } from "../../rerank/index.js";
import { flag, number, object, oneOf, oneOrMore, text, whole } from "../fields.js";
import type { Kind } from "../kind.js";
import { type ChatSpec, chatSchema, openChat } from "../remote/chat-spec.js";

/** One chat model or several compare two documents at a time, see `pairwise`. */
export interface PairwiseSpec extends PairwiseFields {
  readonly pairwise: JudgeFields | readonly JudgeFields[];
}

interface PairwiseFields extends Pick<PairwiseOptions, "method" | "weights" | "lambda"> {}

interface JudgeFields extends ChatSpec, Pick<LlmJudgeOptions, "id" | "logprobs" | "instruction"> {}

const judge = chatSchema({
  id: text("a name for the judge").optional(),
  logprobs: flag(),
  instruction: text("a sentence").optional(),
}) as unknown as z.ZodType<JudgeFields>;

const names = ["active", "cycles", "all-pairs", "sorting", "sliding"] as const;

export const pairwiseKind: Kind<PairwiseSpec["pairwise"], PairwiseFields, never> = {
  key: "pairwise",
  value: oneOrMore(judge, 'give one judge or more, such as { "model": "gpt-4o-mini" }'),
  fields: z.strictObject({
    method: z
      .union(
        [
          z.enum(names),
          object({
            name: oneOf(...names).unwrap(),
            pairs: whole(1),
            top: whole(1),
            degree: whole(2),
            passes: whole(1),
            seed: whole(0),
          }),
        ],
        {
          error: `give ${names.join(", ")}, or an object such as { "name": "active", "pairs": 200 }, or leave it out`,
        },
      )
      .optional() as unknown as z.ZodType<PairwiseOptions["method"]>,
    weights: z
      .array(z.number(), { error: "give a number for each judge, or leave it out" })
      .optional() as z.ZodType<readonly number[] | undefined>,
    lambda: number("a number above 0", (value) => value > 0),
  }),
  async open({ value, fields, load }) {
    const given: readonly JudgeFields[] = Array.isArray(value) ? value : [value as JudgeFields];
    const judges = await Promise.all(
      given.map(async (each) => {
        const { chat, options } = await openChat(each, "pairwise", load);
        return llmJudge(chat, options as LlmJudgeOptions);
      }),
    );
    return pairwise(judges, fields);
  },
};
