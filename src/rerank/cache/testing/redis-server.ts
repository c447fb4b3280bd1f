import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Whether a Redis server can be started here; apt-get install redis-server. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Lets it answer no more, though connections stay. */
  freeze(): void;
  thaw(): void;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** A real server on a free port, which writes nothing to disk. */
export async function startRedis(
  settings: { readonly port?: number; readonly password?: string } = {},
): Promise<RedisServer> {
  const { port = await freePort(), password } = settings;
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const flags = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
  ];
  if (password !== undefined) flags.push("--requirepass", password);
  const child = spawn("redis-server", flags, { stdio: ["ignore", "pipe", "ignore"] });
  await ready(child);
  let ended = false;
  const kill = async () => {
    if (ended) return;
    ended = true;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}/0`,
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
    kill,
    close: kill,
  };
}

async function ready(child: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.includes("Ready to accept connections")) return;
  }
  throw new Error("redis-server ended before it was ready");
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
