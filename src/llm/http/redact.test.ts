import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactedCause, redactor } from "./redact.js";

const KEY = 'q7/Wz"kD9+rT4vLx2mNp8sBc';

describe("redactor", () => {
  it("hides a secret in every form in which it may come back", () => {
    const redact = redactor([KEY]);
    for (const form of [KEY, encodeURIComponent(KEY), JSON.stringify(KEY), KEY.slice(0, 14), KEY.slice(9)]) {
      expect(redact(`the key ${form} is wrong`)).toMatch(/^the key "?\*\*\*"? is wrong$/);
    }
  });

  it("hides what looks like a key, masked by the server or not", () => {
    const redact = redactor([]);
    expect(redact("Incorrect API key provided: sk-proj-ab****wxyz. See")).not.toMatch(/ab|wxyz/);
    expect(redact("sent Authorization: Bearer abc.def")).toBe("sent Authorization: ***");
  });

  it("leaves messages alone that have nothing to hide", () => {
    const text = "model `gpt-4o` does not exist; task ask-me-anything";
    expect(redactor([KEY, "x"])(text)).toBe(text);
  });

  it("lets no ten characters of a secret through, wherever they stand", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zA-Z0-9]{16,40}$/),
        fc.string(),
        fc.string(),
        fc.nat(20),
        (key, before, after, from) => {
          const safe = redactor([key])(`${before}${key.slice(from)}${after}`);
          for (let at = 0; at + 10 <= key.length; at++) expect(safe).not.toContain(key.slice(at, at + 10));
        },
      ),
    );
  });
});

describe("redactedCause", () => {
  it("copies name, message, code and causes without the secret, and nothing else", () => {
    const below = Object.assign(new Error(`connect with ${KEY}`), { code: "ECONNRESET", headers: KEY });
    const copy = redactedCause(new TypeError(`fetch ${KEY}`, { cause: below }), redactor([KEY])) as Error;
    expect(copy).toMatchObject({
      name: "TypeError",
      message: "fetch ***",
      cause: { message: "connect with ***", code: "ECONNRESET" },
    });
    expect(copy.cause).not.toHaveProperty("headers");
    expect(copy.stack + String((copy.cause as Error).stack)).not.toContain(KEY);
  });

  it("ends in circles, and takes anything", () => {
    const error = new Error("round");
    error.cause = error;
    expect(redactedCause(error, redactor([]))).toMatchObject({ message: "round" });
    expect(redactedCause(`broke ${KEY}`, redactor([KEY]))).toBe("broke ***");
    expect(redactedCause(undefined, redactor([]))).toBeUndefined();
  });
});
