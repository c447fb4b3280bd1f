import type { AnswerToken } from "../answer/tokens.js";
import type { Completion } from "../judge-engine.js";

/** A completion as the protocol has it. @param id of the request's content */
export function completionBody(
  completion: Completion,
  model: string,
  topLogprobs: number,
  id: string,
): string {
  const { text, refusal, finish, tokens, promptTokens, completionTokens, usage } = completion;
  return JSON.stringify({
    id: `chatcmpl-${id.slice(0, 24)}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: refusal === undefined ? text : null,
          refusal: refusal ?? null,
        },
        logprobs: tokens
          ? { content: tokens.map((token) => logprobBody(token, topLogprobs)), refusal: null }
          : null,
        finish_reason: finish,
      },
    ],
    ...(usage && {
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: promptTokens + completionTokens,
        prompt_tokens_details: { cached_tokens: 0 },
      },
    }),
  });
}

function logprobBody({ token, logprob, top }: AnswerToken, topLogprobs: number) {
  const entry = (one: { readonly token: string; readonly logprob: number }) => ({
    token: one.token,
    logprob: one.logprob,
    bytes: [...Buffer.from(one.token)],
  });
  return { ...entry({ token, logprob }), top_logprobs: top.slice(0, topLogprobs).map(entry) };
}
