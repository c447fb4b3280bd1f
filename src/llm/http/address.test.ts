import { describe, expect, it } from "vitest";
import { operationUrl } from "./address.js";

const chat = (base: string) => operationUrl(base, { version: "/v1", path: "/chat/completions" }).href;

describe("operationUrl", () => {
  it.each([
    ["https://api.openai.com", "https://api.openai.com/v1/chat/completions"],
    ["https://api.openai.com/", "https://api.openai.com/v1/chat/completions"],
    ["https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions"],
    ["https://api.openai.com/v1//", "https://api.openai.com/v1/chat/completions"],
    ["https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1/chat/completions"],
    ["http://[::1]:8000#top", "http://[::1]:8000/v1/chat/completions"],
    ["http://host/v1/chat/completions/", "http://host/v1/chat/completions"],
    [
      "https://x.azure.com/deployments/m?api-version=1",
      "https://x.azure.com/deployments/m/chat/completions?api-version=1",
    ],
  ])("%s is asked at %s", (base, address) => {
    expect(chat(base)).toBe(address);
  });

  it("refuses what is no address, and does not repeat passwords", () => {
    for (const wrong of ["", "host:8000", "ftp://host", "/v1", undefined as unknown as string]) {
      expect(() => chat(wrong)).toThrow(
        expect.objectContaining({ code: "INVALID_OPTION", field: "baseUrl" }),
      );
    }
    expect(() => chat("https://me:hushhush@host")).toThrow(/of host holds a user name/);
    expect(() => chat("https://me:hushhush@host")).not.toThrow(/hushhush/);
  });
});
