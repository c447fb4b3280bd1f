import { afterEach, describe, expect, it, vi } from "vitest";
import { fakeModel, gate } from "../testing/fake-model.js";
import { until } from "../testing/requests.js";
import { ModelHost } from "./host.js";

const nothing = async () => undefined;

afterEach(() => vi.useRealTimers());

describe("ModelHost", () => {
  it("finds models by name and alias, and the default without one", () => {
    const a = fakeModel({ name: "a", aliases: ["jina"] });
    const b = fakeModel({ name: "b" });
    const host = new ModelHost([a.served, b.served], { defaultModel: "b" });
    expect(["a", "jina", "b", undefined].map((name) => host.resolve(name))).toEqual(["a", "a", "b", "b"]);
    expect(() => host.resolve("../a")).toThrow('model is "../a"; this server has a, jina, b');
    expect(host.states().map(({ name, status }) => [name, status])).toEqual([
      ["b", "new"],
      ["a", "new"],
    ]);
    const lenient = new ModelHost([a.served], { defaultForUnknown: true });
    expect(lenient.resolve("gpt")).toBe("a");
  });

  it.each([
    [[], {}, "models is empty"],
    [["a", "a"], {}, 'two models or aliases are called "a"'],
    [[" "], {}, "a model's name is empty"],
    [["a"], { idleMs: 0 }, "idleMs is 0; give a number above 0"],
    [["a"], { maxMemoryBytes: Number.NaN }, "maxMemoryBytes is NaN"],
    [["a"], { defaultModel: "b" }, 'defaultModel is "b", which no model is called; name one of a'],
  ])("refuses %j with %j", (names, options, message) => {
    const models = names.map((name) => fakeModel({ name }).served);
    expect(() => new ModelHost(models, options)).toThrow(message);
  });

  it("loads a model once, however many wait for it", async () => {
    const loading = gate();
    const { served, seen } = fakeModel({ loading: () => loading.opened });
    const host = new ModelHost([served]);
    const uses = [1, 2, 3].map(() => host.use(undefined, async (reranker) => reranker));
    expect(host.states()[0]).toMatchObject({ status: "loading", working: 3 });
    loading.open();
    expect(new Set(await Promise.all(uses)).size).toBe(1);
    expect(seen.loads).toBe(1);
    expect(host.state("fake")).toMatchObject({ status: "loaded", working: 0, info: { maxTokens: 256 } });
  });

  it("lets who gives up leave, and loads on for the others", async () => {
    const loading = gate();
    const { served, seen } = fakeModel({ loading: () => loading.opened });
    const host = new ModelHost([served]);
    const controller = new AbortController();
    const impatient = host.use(undefined, nothing, { signal: controller.signal });
    const patient = host.use(undefined, async () => "done");
    controller.abort();
    await expect(impatient).rejects.toMatchObject({ code: "ABORTED" });
    loading.open();
    expect(await patient).toBe("done");
    expect(seen.loads).toBe(1);
  });

  it("does not wait for a load beyond the deadline", async () => {
    const loading = gate();
    const host = new ModelHost([fakeModel({ loading: () => loading.opened }).served]);
    const deadline = performance.now() + 5;
    await expect(host.use(undefined, nothing, { deadline })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
      message: expect.stringContaining("model fake was still loading"),
    });
    loading.open();
    await host.use(undefined, nothing, { deadline: performance.now() + 60_000 });
  });

  it("tells of a load that failed, and tries again later, not at once", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    let broken = true;
    const { served, seen } = fakeModel({
      loading: async () => {
        if (broken) throw new Error("/secret/path is damaged");
      },
    });
    const failed = vi.fn();
    const host = new ModelHost([served], { events: { failed } });
    const refusal = {
      code: "MODEL_UNAVAILABLE",
      value: 1,
      message: expect.not.stringContaining("secret"),
      cause: expect.objectContaining({ message: "/secret/path is damaged" }),
    };
    await expect(host.use(undefined, nothing)).rejects.toMatchObject(refusal);
    await expect(host.use(undefined, nothing)).rejects.toMatchObject(refusal);
    expect(seen.loads).toBe(1);
    vi.advanceTimersByTime(1001);
    await expect(host.use(undefined, nothing)).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE", value: 2 });
    expect(failed.mock.calls.map(([, , ms]) => ms)).toEqual([1000, 2000]);
    broken = false;
    vi.advanceTimersByTime(2001);
    await host.use(undefined, nothing);
    expect(seen.loads).toBe(3);
  });

  it("serves a model that cannot be described", async () => {
    const { served } = fakeModel();
    const undescribed = vi.fn();
    const info = () => Promise.reject(new Error("no files"));
    const host = new ModelHost([{ ...served, info }], { events: { undescribed } });
    expect(await host.use(undefined, async () => "ranked")).toBe("ranked");
    expect(undescribed).toHaveBeenCalledOnce();
  });

  it("unloads what was idle, and loads it again when it is needed", async () => {
    const { served, seen } = fakeModel();
    const host = new ModelHost([served], { idleMs: 20 });
    await host.use(undefined, nothing);
    await until(() => seen.closes === 1);
    expect(host.state("fake").status).toBe("idle");
    await host.use(undefined, nothing);
    expect(seen.loads).toBe(2);
    await host.close();
    expect(seen.closes).toBe(2);
  });

  it("never unloads a model that is working", async () => {
    const { served, seen } = fakeModel();
    const host = new ModelHost([served], { idleMs: 10 });
    const work = gate();
    const use = host.use(undefined, () => work.opened);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(seen.closes).toBe(0);
    work.open();
    await use;
    await until(() => seen.closes === 1);
    await host.close();
  });

  it("makes room by unloading what was used least recently, but nothing that works", async () => {
    const models = ["a", "b", "c", "d"].map((name) => fakeModel({ name }));
    const loaded = () => models.filter(({ seen }) => seen.loads > seen.closes).length;
    // Each model takes one unit, and two fit.
    const memory = () => loaded();
    const host = new ModelHost(
      models.map(({ served }) => served),
      { maxMemoryBytes: 2, memory },
    );
    const [a, b, c, d] = models.map(({ seen }) => seen);
    await host.use("a", nothing);
    await host.use("b", nothing);
    await host.use("a", nothing);
    await host.use("c", nothing);
    await host.use("d", nothing);
    expect(loaded()).toBeLessThanOrEqual(3);
    expect([a, b, c, d].map((seen) => seen?.closes)).toEqual([0, 1, 0, 0]);
    await host.close();
    expect(loaded()).toBe(0);
  });

  it("waits for a load under way before it closes", async () => {
    const loading = gate();
    const { served, seen } = fakeModel({ loading: () => loading.opened });
    const host = new ModelHost([served]);
    const use = host.use(undefined, nothing);
    const closing = host.close();
    loading.open();
    await Promise.all([use, closing]);
    expect(seen.closes).toBe(1);
  });
});
