import { describe, expect, it } from "vitest";
import type { ChatRequest } from "../chat-model.js";
import { requestHash } from "./request-hash.js";

const request: ChatRequest = { messages: [{ role: "user", content: "A or B?" }] };
const hash = (more: Partial<ChatRequest> = {}, model = "m") => requestHash(model, { ...request, ...more });

describe("requestHash", () => {
  it("stays the same from release to release", () => {
    expect(hash()).toBe("13caaf8dac359d9ca8d17d9ebf25d815f9082cf6f20ce1d53f26f4abd50aeeb2");
  });

  it("changes with all that can change the answer", () => {
    const schema = { name: "s", schema: { type: "object", title: "t" } };
    const others = [
      hash({}, "n"),
      hash({ messages: [{ role: "system", content: "A or B?" }] }),
      hash({ messages: [{ role: "user", content: "A or B ?" }] }),
      hash({ messages: [...request.messages, { role: "assistant", content: "" }] }),
      hash({ temperature: 0.1 }),
      hash({ maxTokens: 5 }),
      hash({ seed: 0 }),
      hash({ stop: ["\n"] }),
      hash({ topLogprobs: 5 }),
      hash({ schema }),
      hash({ schema: { ...schema, name: "r" } }),
    ];
    expect(new Set([hash(), ...others]).size).toBe(others.length + 1);
  });

  it("does not change with defaults spelt out, nor with the order of keys", () => {
    expect(hash({ temperature: 0, stop: [], topLogprobs: 0, seed: undefined })).toBe(hash());
    const a = hash({
      schema: { name: "s", schema: { type: "object", properties: { x: { a: 1, b: [2] } } } },
    });
    const b = hash({
      schema: { schema: { properties: { x: { b: [2], a: 1 } }, type: "object" }, name: "s" },
    });
    expect(a).toBe(b);
  });
});
