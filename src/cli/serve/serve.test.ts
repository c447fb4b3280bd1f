import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Load } from "../commands.js";
import { compileCli } from "../testing/compile-cli.js";
import { type CliOptions, fakeModel, runCli } from "../testing/run-cli.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "serve-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Runs the command until `work` has ended, then stops it as Ctrl-C does. */
async function serving(
  argv: readonly string[],
  work: (url: string) => Promise<void>,
  options: Omit<CliOptions, "signal" | "load"> = {},
) {
  const model = fakeModel();
  const controller = new AbortController();
  let loaded = () => {};
  const loading = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const load: Load = async (...args) => {
    loaded();
    return model.load(...args);
  };
  const port = await freePort();
  const outcome = runCli(["serve", "--port", String(port), ...argv], {
    ...{ cwd: folder, env: {}, load },
    ...options,
    signal: controller.signal,
  });
  await Promise.race([loading, outcome]);
  await work(`http://127.0.0.1:${port}`);
  controller.abort();
  return { ...(await outcome), model };
}

async function ask(url: string, headers: Record<string, string> = {}, model?: string) {
  const body = JSON.stringify({ model, query: "q", documents: ["a", "bbb"] });
  return fetch(`${url}/v1/rerank`, { method: "POST", headers, body });
}

describe("rankwright serve", () => {
  it("starts without flags, says what it serves and where, and how to try it", async () => {
    const { code, stdout, stderr, model } = await serving([], async (url) => {
      const answer = (await (await ask(url)).json()) as { results: { index: number }[] };
      expect(answer.results.map(({ index }) => index)).toEqual([1, 0]);
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^rankwright serves at http:\/\/127.0.0.1:\d+\n {2}built-in\n\nTry it:\n {2}curl http/,
    );
    expect(model.loads).toEqual([[undefined, expect.objectContaining({ maxQueuedTokens: 1_000_000 })]]);
    expect(model.closed()).toBe(1);
    const lines = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual([
      "model loaded",
      "answered",
      "closing",
      "model unloaded",
      "closed",
    ]);
  });

  it("serves several models by name and alias, and a folder by its last name", async () => {
    writeFileSync(join(folder, "mine"), "a file is no folder");
    const flags = [
      "--model",
      "built-in",
      "--alias",
      "rerank-v3.5=built-in",
      "--alias",
      "other=built-in",
      "--json",
    ];
    const { stdout } = await serving(flags, async (url) => {
      for (const [name, status] of [
        ["rerank-v3.5", 200],
        ["other", 200],
        ["mine", 404],
      ] as const) {
        expect([name, (await ask(url, {}, name)).status]).toEqual([name, status]);
      }
    });
    expect(JSON.parse(stdout)).toMatchObject({
      models: [{ name: "built-in", aliases: ["rerank-v3.5", "other"] }],
    });
  });

  it("serves what a file names: models, what combines them, and other names", async () => {
    const good = { cascade: [{ model: "rankwright/lexical", keep: 5 }, { model: "built-in" }] };
    const file = { good, small: "built-in", "org/name": "org/name", "rerank-v3.5": "good" };
    writeFileSync(join(folder, "models.json"), JSON.stringify(file));
    const argv = ["--models", "models.json", "--alias", "best=good", "--json"];
    const { stdout, model } = await serving(argv, async (url) => {
      for (const name of ["good", "rerank-v3.5", "best", "org/name", "small"]) {
        expect([name, (await ask(url, {}, name)).status]).toEqual([name, 200]);
      }
      expect((await ask(url, {}, "built-in")).status).toBe(404);
    });
    expect(JSON.parse(stdout).models).toEqual([
      { name: "good", aliases: ["rerank-v3.5", "best"] },
      { name: "small", aliases: [] },
      { name: "org/name", aliases: [] },
    ]);
    expect(model.loads.map(([wanted]) => wanted)).toEqual([good, "org/name", undefined]);
  });

  it("serves a file of one by its last name, with others", async () => {
    writeFileSync(join(folder, "mine.json"), JSON.stringify({ fuse: ["a", "b"] }));
    const argv = ["--model", "built-in", "--model", "mine.json", "--json"];
    const { stdout, model } = await serving(argv, async (url) => {
      expect((await ask(url, {}, "mine")).status).toBe(200);
    });
    expect(JSON.parse(stdout).models.map(({ name }: { name: string }) => name)).toEqual(["built-in", "mine"]);
    expect(model.loads[1]?.[0]).toEqual({ fuse: ["a", "b"] });
  });

  it.each([
    ["[]", "models.json holds an array; write an object of names and models"],
    ["{}", "models.json holds nothing; write an object"],
    ['{"a":{"fuse":[]}}', 'models.json: "a": fuse is []; give an array of at least one spec'],
    ['{"a":"b","b":"a"}', '--models: "a" stands for "b", which itself stands for "a"; name a model'],
    ['{"a":"b","b":"c","c":"org/m"}', '"a" stands for "b", which itself stands for "c"'],
    ['{\n"a": "redis://:hunter2@h" x', "models.json is not JSON: look at line 2, column 27\n"],
  ])("says what is wrong with the file %s", async (text, message) => {
    writeFileSync(join(folder, "models.json"), text);
    const { code, stderr } = await runCli(["serve", "--models", "models.json"], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toContain("hunter2");
  });

  it("takes one of the file's names for the default", async () => {
    writeFileSync(join(folder, "models.json"), JSON.stringify({ one: "a", two: { fuse: ["b"] } }));
    const argv = ["--models", "models.json", "--model", "two", "--json"];
    const { stdout, model } = await serving(argv, async (url) => expect((await ask(url)).status).toBe(200));
    expect(JSON.parse(stdout).models.map(({ name }: { name: string }) => name)).toEqual(["two", "one"]);
    expect(model.loads.map(([wanted]) => wanted)).toEqual([{ fuse: ["b"] }]);
  });

  it("remembers scores whichever model asks, and counts them", async () => {
    const file = {
      one: { cascade: [{ model: "rankwright/lexical", keep: 5 }, "built-in"] },
      two: { fallback: ["built-in"], passthrough: true },
      three: "rankwright/tiny-en",
    };
    writeFileSync(join(folder, "models.json"), JSON.stringify(file));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const controller = new AbortController();
    const argv = ["serve", "--port", String(port), "--models", "models.json", "--cache-mb", "1"];
    const outcome = runCli(argv, { cwd: folder, signal: controller.signal });
    await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), { timeout: 20_000 });
    const native = async (model: string) => {
      const body = JSON.stringify({ model, query: "q", documents: ["a", "bbb"] });
      const answer = await fetch(`${url}/rankwright/rerank`, { method: "POST", body });
      return (await answer.json()) as { usage: object; parts?: { outcome: string }[]; results: object[] };
    };
    const [one, two, three] = [await native("one"), await native("two"), await native("three")];
    expect(one.usage).toMatchObject({ pairs: 4, cacheHits: 0 });
    expect(one.parts?.map((part) => part.outcome)).toEqual(["ranked", "ranked"]);
    expect(two.usage).toEqual({ pairs: 0, tokens: 0, calls: 0, cacheHits: 2 });
    expect([two.results, three.results]).toEqual([one.results, one.results]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain("reranker_cache_hits_total 4");
    controller.abort();
    expect((await outcome).code).toBe(0);
  });

  it("starts without its Redis, and never shows the password", async () => {
    const port = await freePort();
    const { stderr, stdout, model } = await serving(
      [],
      async (url) => expect((await ask(url)).status).toBe(200),
      {
        env: { RANKWRIGHT_REDIS: `redis://:hunter2@127.0.0.1:${port}` },
      },
    );
    expect(stderr).toContain(
      `warning: cache_unavailable: Redis at redis://127.0.0.1:${port} cannot be reached`,
    );
    expect(model.loads[0]?.[1].cache).toMatchObject({ getMany: expect.any(Function) });
    const wrong = await runCli(["serve", "--redis", "redis://:hunter2@"], { cwd: folder });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("redis is no address")]);
    writeFileSync(join(folder, "c.json"), JSON.stringify({ redis: ["redis://:hunter2@h"] }));
    const list = await runCli(["serve", "--config", "c.json"], { cwd: folder });
    expect(list.stderr).toContain('redis in c.json is "…"; it must be text');
    expect(stdout + stderr + wrong.stderr + list.stderr).not.toContain("hunter2");
  });

  it("takes keys from flag, variable and file, and none of them reaches the output", async () => {
    writeFileSync(join(folder, "keys"), "# ours\nfrom-file\n\n");
    const check = async (url: string, key: string) => {
      expect((await ask(url)).status).toBe(401);
      expect((await ask(url, { authorization: `Bearer ${key}` })).status).toBe(200);
    };
    for (const [argv, env, key] of [
      [["--api-key", "from-flag"], {}, "from-flag"],
      [[], { RANKWRIGHT_API_KEY: "one,from-variable" }, "from-variable"],
      [["--api-key-file", "keys"], {}, "from-file"],
    ] as const) {
      const { stdout, stderr } = await serving(argv, (url) => check(url, key), { env });
      expect(stdout).toContain("Bearer YOUR_KEY");
      expect(stdout + stderr).not.toContain(key);
    }
  });

  it("hands limits and settings on", async () => {
    const flags = [
      "--max-documents",
      "1",
      "--dialect",
      "/v1/rerank=voyage",
      "--log-format",
      "text",
      "--tei-metrics",
    ];
    const { stderr } = await serving(flags, async (url) => {
      const refused = await ask(url);
      expect(refused.status).toBe(413);
      expect(await refused.json()).toEqual({ detail: expect.stringContaining("at most 1") });
      expect(await (await fetch(`${url}/metrics`)).text()).toContain("te_request_count 1");
    });
    expect(stderr).toMatch(
      /^\d\d:\d\d:\d\d refused POST \/v1\/rerank 413 [\d.]+ ms, .*code REQUEST_TOO_LARGE/m,
    );
  });

  it("hands bounds on waiting to the model", async () => {
    const { model } = await serving(
      ["--max-queued-tokens", "500", "--max-queue-ms", "20"],
      async () => undefined,
    );
    expect(model.loads[0]?.[1]).toMatchObject({ maxQueuedTokens: 500, maxQueueMs: 20 });
  });

  it("warns of a door that is open to everybody", async () => {
    const { stderr } = await serving(["--host", "0.0.0.0"], async () => undefined);
    expect(stderr).toContain(
      "warning: everybody who reaches 0.0.0.0 may call this server; set RANKWRIGHT_API_KEY",
    );
  });

  it("ends with an error when the model cannot be had or the port is taken", async () => {
    const load: Load = async () => {
      throw new Error("no such model");
    };
    const broken = await runCli(["serve", "--port", "0"], { load, cwd: folder });
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain("no such model");
    await serving([], async (url) => {
      const second = await runCli(["serve", "--port", new URL(url).port], {
        load: fakeModel().load,
        cwd: folder,
      });
      expect(second.code).toBe(1);
      expect(second.stderr).toContain("LISTEN_FAILED");
    });
  });

  it.each([
    [["--alias", "a"], '--alias is "a"; it must be NAME=MODEL'],
    [["--dialect", "voyage"], '--dialect is "voyage"; it must be PATH=NAME'],
    [["--dialect", "/v1/rerank=vojage"], 'is "vojage"; the dialects are'],
    [["--port", "70000"], "it must be a whole number from 0 to 65535"],
    [["--api-key-file", "none"], "--api-key-file none cannot be read"],
    [["--api-key", "two words"], "apiKeys[0] is empty or holds spaces"],
    [["--cors", "app.example"], 'cors is "app.example"; give an origin'],
  ])("ends with 2 after %j", async (argv, message) => {
    const { code, stderr } = await runCli(["serve", ...argv], { load: fakeModel().load, cwd: folder });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe("the process", () => {
  let compiled: string;
  let program: string;
  beforeAll(() => {
    compiled = mkdtempSync(join(tmpdir(), "serve-cli-"));
    program = compileCli(compiled);
  }, 120_000);
  afterAll(() => rmSync(compiled, { recursive: true, force: true }));

  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  async function start() {
    const args = [program, "serve", "--model", "rankwright/lexical", "--port", "0", "--json"];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      child.on("exit", (code, signal) => resolve({ code, signal }));
    });
    const line = await new Promise<string>((resolve) =>
      child.stdout.once("data", (data) => resolve(String(data))),
    );
    return { child, ended, url: (JSON.parse(line) as { url: string }).url };
  }

  const documents = Array.from(
    { length: 1500 },
    (_, i) => `document ${i} ${"about a lost password ".repeat(12)}`,
  );
  const big = JSON.stringify({ query: "reset my password", documents, return_documents: false });
  const send = async (url: string) => {
    const answer = await fetch(`${url}/v1/rerank`, { method: "POST", body: big });
    return { status: answer.status, body: (await answer.json()) as { results?: object[] } };
  };
  const accepted = async (url: string, all: number) => {
    for (;;) {
      const { live } = (await (await fetch(`${url}/info`)).json()) as {
        live: { requests_under_way: number; requests_answered: number };
      };
      if (live.requests_under_way + live.requests_answered >= all) return live.requests_under_way;
    }
  };

  it("answers every request that it has accepted before SIGTERM, then exits with 0", async () => {
    const { child, ended, url } = await start();
    const sent = Array.from({ length: 12 }, () => send(url));
    expect(await accepted(url, 12)).toBeGreaterThan(0);
    child.kill("SIGTERM");
    for (const { status, body } of await Promise.all(sent)) {
      expect(status).toBe(200);
      expect(body.results).toHaveLength(documents.length);
    }
    expect(await ended).toEqual({ code: 0, signal: null });
  }, 60_000);

  it("ends at once after a second signal", async () => {
    const { child, ended, url } = await start();
    const sent = Array.from({ length: 12 }, () => send(url).catch((error: Error) => error));
    await accepted(url, 12);
    child.kill("SIGTERM");
    await fetch(`${url}/ready`).catch(() => undefined);
    child.kill("SIGTERM");
    expect((await ended).code).not.toBe(0);
    await Promise.all(sent);
  }, 60_000);
});
