import { describe, expect, it, vi } from "vitest";
import { fakeReranker } from "../rerank/testing/fake-reranker.js";
import { SharedModels } from "./shared-models.js";

const request = { query: "q", documents: ["1"] };

describe("SharedModels", () => {
  it("loads once for all who use it at the same time, and closes with the last", async () => {
    const shared = new SharedModels();
    const { reranker } = fakeReranker();
    const load = vi.fn(async () => reranker);
    const [one, other] = await Promise.all([shared.use("a", load), shared.use("a", load)]);
    expect(load).toHaveBeenCalledTimes(1);
    await Promise.all([one.close(), one.close()]);
    await expect(one.rerank(request)).rejects.toMatchObject({ code: "CLOSED" });
    expect((await other.rerank(request)).results).toHaveLength(1);
    expect(reranker.close).not.toHaveBeenCalled();
    await other.close();
    expect(reranker.close).toHaveBeenCalledTimes(1);
    await shared.use("a", load);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("keeps models with other keys apart", async () => {
    const shared = new SharedModels();
    const load = vi.fn(async () => fakeReranker().reranker);
    await Promise.all([shared.use("a", load), shared.use("b", load)]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("tells of batches once, however many use the model", async () => {
    const shared = new SharedModels();
    const onBatch = vi.fn();
    const load = { queuedSequences: 1, queuedTokens: 2, pace: 3, onBatch };
    const open = async () => ({ ...fakeReranker().reranker, load });
    const [one, other] = [await shared.use("a", open), await shared.use("a", open)];
    for (const reranker of [one, other]) reranker.load?.onBatch?.(() => undefined);
    expect(onBatch).toHaveBeenCalledTimes(1);
    expect(other.load).toEqual({ queuedSequences: 1, queuedTokens: 2, pace: 3 });
  });

  it("waits for a user's calls before that user has left", async () => {
    const shared = new SharedModels();
    const { reranker } = fakeReranker({ ms: 30 });
    const one = await shared.use("a", async () => reranker);
    const running = one.rerank(request);
    await one.close();
    expect(reranker.close).toHaveBeenCalledTimes(1);
    expect((await running).results).toHaveLength(1);
  });

  it("forgets a load that failed", async () => {
    const shared = new SharedModels();
    const load = vi
      .fn()
      .mockRejectedValueOnce(new Error("no file"))
      .mockResolvedValue(fakeReranker().reranker);
    await expect(Promise.all([shared.use("a", load), shared.use("a", load)])).rejects.toThrow("no file");
    await vi.waitFor(async () => expect(await shared.use("a", load)).toBeDefined());
  });
});
