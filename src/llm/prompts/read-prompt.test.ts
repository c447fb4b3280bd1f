import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { builtinPrompt, readPrompt } from "./read-prompt.js";

const folder = new TemporaryFolder();

describe("readPrompt", () => {
  it("takes the name of a built-in prompt or a file", async () => {
    expect(await readPrompt("setwise")).toBe(builtinPrompt("setwise"));
    const text = builtinPrompt("setwise").text.replace("name: setwise", "name: mine");
    const file = folder.write("mine.prompt", text);
    expect(await readPrompt(file)).toMatchObject({ name: "mine", kind: "setwise" });
  });

  it("names the file and the line of what is wrong", async () => {
    const text = builtinPrompt("setwise").text.replace("{{query}}", "{{question}}");
    const file = folder.write("wrong.prompt", text);
    await expect(readPrompt(file)).rejects.toMatchObject({
      code: "INVALID_PROMPT",
      message: expect.stringMatching(/wrong\.prompt, line 8: there is no variable "question"/),
    });
    folder.write("wrong.prompt", Uint8Array.of(0xff, 0xfe));
    await expect(readPrompt(file)).rejects.toMatchObject({ message: expect.stringContaining("not UTF-8") });
  });

  it("suggests the name that was meant", async () => {
    await expect(readPrompt("rankgtp")).rejects.toMatchObject({
      code: "INVALID_PROMPT",
      message: expect.stringContaining("did you mean rankgpt?"),
    });
    expect(() => builtinPrompt("toString")).toThrow(/The prompt is "toString"/);
  });
});
