import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { memoryStore } from "./memory-store.js";
import { type RedisStoreOptions, redisStore } from "./redis-store.js";
import { freePort, hasRedis, type RedisServer, startRedis } from "./testing/redis-server.js";
import { testStore } from "./testing/store-suite.js";
import { tieredStore } from "./tiered-store.js";

const value = Uint8Array.of(1, 2, 3);

testStore("memoryStore", async () => memoryStore());
testStore("tieredStore", async () => tieredStore(memoryStore(), memoryStore()));

describe("memoryStore", () => {
  it("forgets what was used least recently when its bytes are full", async () => {
    const store = memoryStore({ maxBytes: 1000 });
    for (const key of ["a", "b", "c", "d", "e"]) await store.setMany([[key, value]]);
    expect((await store.getMany(["a"])).values[0]).toBeDefined();
    await store.setMany([["f", value]]);
    const { values } = await store.getMany(["a", "b", "c", "d", "e", "f"]);
    expect(values.map((each) => each !== undefined)).toEqual([true, false, true, true, true, true]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses maxBytes %d", (maxBytes) => {
    expect(() => memoryStore({ maxBytes })).toThrow(expect.objectContaining({ field: "maxBytes" }));
  });
});

describe("tieredStore", () => {
  it("asks the far store only for what the near one does not know, and then knows it", async () => {
    const [near, far] = [memoryStore(), memoryStore()];
    await far.setMany([["a", value]]);
    await near.setMany([["b", value]]);
    const asked = vi.spyOn(far, "getMany");
    const store = tieredStore(near, far);
    expect((await store.getMany(["a", "b", "c"])).values).toEqual(
      [value, value, undefined].map((v) => v && Buffer.from(v)),
    );
    expect(asked).toHaveBeenCalledExactlyOnceWith(["a", "c"]);
    await store.getMany(["a", "b"]);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("gives what the near store knows when the far one cannot be asked", async () => {
    const near = memoryStore();
    await near.setMany([["a", value]]);
    const far = { ...memoryStore(), getMany: async () => ({ values: [], problem: "is gone" }) };
    const { values, problem } = await tieredStore(near, far).getMany(["a", "b"]);
    expect([values.map((each) => each !== undefined), problem]).toEqual([[true, false], "is gone"]);
  });
});

describe("redisStore without a server", () => {
  it("warns, and then costs nothing", async () => {
    const warnings: string[] = [];
    const store = await redisStore({
      url: `redis://user:hunter2@127.0.0.1:${await freePort()}/0`,
      onWarning: ({ code, message }) => warnings.push(`${code}: ${message}`),
    });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^cache_unavailable: Redis at redis:\/\/127.0.0.1:\d+ cannot be reached: .*ECONNREFUSED/,
      ),
    ]);
    const began = performance.now();
    expect(await store.getMany(["a", "b"])).toEqual({
      values: [undefined, undefined],
      problem: "is not connected",
    });
    await store.setMany([["a", value]]);
    expect(performance.now() - began).toBeLessThan(500);
    await store.close();
  });

  it.each<[RedisStoreOptions, string]>([
    [{}, "redis"],
    [{ url: "hunter2" }, "redis"],
    [{ url: "http://user:hunter2@host" }, "redis"],
    [{ url: "redis://127.0.0.1:1", ttlSeconds: 0 }, "ttlSeconds"],
    [{ url: "redis://127.0.0.1:1", timeoutMs: 0.5 }, "timeoutMs"],
  ])("refuses %j, and shows no secret", async (options, field) => {
    const error = await redisStore(options).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "INVALID_OPTION", field });
    expect(JSON.stringify([error, (error as Error).message])).not.toContain("hunter2");
  });
});

describe.skipIf(!hasRedis)("redisStore (skipped where there is no redis-server)", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  testStore("conforms", () => redisStore({ url: server.url, timeoutMs: 2000 }));

  it("shares scores between processes, under its prefix and for a while", async () => {
    const { Redis } = await import("ioredis");
    const [one, other] = [
      await redisStore({ url: server.url, ttlSeconds: 90, timeoutMs: 2000 }),
      await redisStore({ url: server.url, timeoutMs: 2000 }),
    ];
    await one.setMany([["shared", value]]);
    expect((await other.getMany(["shared"])).values).toEqual([Buffer.from(value)]);
    const client = new Redis(server.url);
    expect(await client.ttl("rankwright:shared")).toBeGreaterThan(80);
    await Promise.all([one.close(), other.close()]);

    const lent = await redisStore({ client, prefix: "mine:", timeoutMs: 2000 });
    await lent.setMany([["k", value]]);
    expect(await client.getBuffer("mine:k")).toEqual(Buffer.from(value));
    await lent.close();
    expect(await client.ping()).toBe("PONG");
    client.disconnect();
  });

  it("does not wait for a server that hangs, leaves it alone, and finds it again", async () => {
    const store = await redisStore({ url: server.url, timeoutMs: 30, breaker: { failures: 2, coolMs: 200 } });
    await store.setMany([["k", value]]);
    server.freeze();
    const look = async () => {
      const began = performance.now();
      const { problem } = await store.getMany(["k"]);
      return [problem, performance.now() - began < 1500];
    };
    expect(await look()).toEqual(["did not answer within 30 ms", true]);
    expect(await look()).toEqual(["did not answer within 30 ms", true]);
    // Either the breaker is open, or the connection that was dropped is not back.
    expect(await look()).toEqual([expect.stringMatching(/left alone|not connected/), true]);
    server.thaw();
    await vi.waitFor(async () => expect((await store.getMany(["k"])).values[0]).toBeDefined(), {
      timeout: 5000,
    });
    await store.close();
  });

  it("goes on when the server dies, and finds its successor", async () => {
    const first = await startRedis();
    const store = await redisStore({ url: first.url, timeoutMs: 2000 });
    await first.kill();
    await vi.waitFor(async () => expect((await store.getMany(["k"])).problem).toBe("is not connected"));
    const second = await startRedis({ port: first.port });
    await vi.waitFor(
      async () => {
        await store.setMany([["k", value]]);
        expect((await store.getMany(["k"])).values[0]).toBeDefined();
      },
      { timeout: 10_000, interval: 100 },
    );
    await store.close();
    await second.close();
  });

  it("goes around a server that refuses, and never shows the password", async () => {
    const locked = await startRedis({ password: "right" });
    const warnings: string[] = [];
    const onWarning = ({ message }: { message: string }) => warnings.push(message);
    const url = (password: string) => locked.url.replace("://", `://:${password}@`);
    const opened = await redisStore({ url: url("right"), onWarning, timeoutMs: 2000 });
    await opened.setMany([["k", value]]);
    expect((await opened.getMany(["k"])).values[0]).toBeDefined();
    expect(warnings).toEqual([]);

    const refused = await redisStore({ url: url("hunter2"), onWarning, timeoutMs: 2000 });
    const { problem } = await refused.getMany(["k"]);
    expect(problem).toBeDefined();
    expect(warnings).toHaveLength(1);
    expect(`${problem} ${warnings[0]}`).not.toContain("hunter2");
    await Promise.all([opened.close(), refused.close()]);
    await locked.close();
  });
});
