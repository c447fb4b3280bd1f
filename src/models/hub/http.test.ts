import { describe, expect, it } from "vitest";
import { sleep } from "../../http/sleep.js";
import { type HubConnection, type HubRequest, send } from "./http.js";

const TOKEN = "hf_secret";
type Reply = { status?: number; location?: string; headers?: Record<string, string> };

/** A connection whose `fetch` answers from a table by address; `sent` collects address and token. */
function connection(
  replies: Record<string, Reply>,
  endpoint = "https://hub.example",
): [HubConnection, string[][]] {
  const sent: string[][] = [];
  const fake = async (url: string, init: { headers: Record<string, string> }) => {
    sent.push([url, init.headers.authorization ?? "none"]);
    const { status = 200, location, headers } = replies[url] ?? {};
    return new Response(null, {
      status,
      headers: { ...headers, ...(location !== undefined && { location }) },
    });
  };
  const rest = { token: TOKEN, tokenSource: "HF_TOKEN", requestMs: 1000, stallMs: 1000, retries: 0, sleep };
  return [{ fetch: fake as unknown as typeof fetch, endpoint, ...rest }, sent];
}

const request = (rest: Partial<HubRequest> = {}): HubRequest => ({
  method: "HEAD",
  url: "https://hub.example/a",
  question: { repository: "org/x", revision: "main" },
  timeoutMs: 1000,
  ...rest,
});

async function exchange(link: HubConnection, asked = request()): Promise<Response> {
  const { response, watchdog } = await send(link, asked);
  watchdog.stop();
  return response;
}

describe("send", () => {
  it("keeps the token on the endpoint's own host", async () => {
    const [link, sent] = connection({
      "https://hub.example/a": { status: 307, location: "/b" },
      "https://hub.example/b": { status: 302, location: "https://cdn.hub.example/c" },
      "https://cdn.hub.example/c": { status: 302, location: "https://hub.example:8443/d" },
      "https://hub.example:8443/d": { status: 302, location: "http://hub.example/e" },
    });
    await exchange(link);
    expect(sent).toEqual([
      ["https://hub.example/a", `Bearer ${TOKEN}`],
      ["https://hub.example/b", `Bearer ${TOKEN}`],
      ["https://cdn.hub.example/c", "none"],
      ["https://hub.example:8443/d", "none"],
      ["http://hub.example/e", "none"],
    ]);
  });

  it("keeps it when the host moves up to https", async () => {
    const [link, sent] = connection(
      { "http://hub.example/a": { status: 301, location: "https://hub.example/a" } },
      "http://hub.example",
    );
    await exchange(link, request({ url: "http://hub.example/a" }));
    expect(sent.at(-1)).toEqual(["https://hub.example/a", `Bearer ${TOKEN}`]);
  });

  it("stops at a redirect that is the answer", async () => {
    const linked = { status: 302, location: "https://cdn.example/x", headers: { "x-linked-etag": "e" } };
    const [link, sent] = connection({ "https://hub.example/a": linked });
    const stopAt = ({ headers }: Response) => headers.has("x-linked-etag");
    expect((await exchange(link, request({ stopAt }))).status).toBe(302);
    expect(sent).toHaveLength(1);
  });

  it.each<Reply>([
    { status: 302, location: "/a" },
    { status: 302, location: "file:///etc/passwd" },
    { status: 302, location: "http://" },
    { status: 302 },
  ])("refuses %j", async (reply) => {
    const [link] = connection({ "https://hub.example/a": reply });
    await expect(exchange(link)).rejects.toMatchObject({ code: "HUB_BAD_RESPONSE", retryable: false });
  });

  it("says why no connection came about", async () => {
    const [link] = connection({});
    const cause = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
    const failing = { ...link, fetch: () => Promise.reject(new TypeError("fetch failed", { cause })) };
    await expect(exchange(failing)).rejects.toMatchObject({
      code: "HUB_UNAVAILABLE",
      retryable: true,
      message: expect.stringContaining("ENOTFOUND"),
    });
  });
});
