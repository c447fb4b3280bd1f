import { describe, expect, it } from "vitest";
import { pickDocuments } from "./pick-documents.js";

/** A corpus d0 … d9 that counts the documents it hands out and notes its end. */
function corpus() {
  const state = { given: 0, ended: false };
  async function* documents() {
    try {
      for (let i = 0; i < 10; i++) {
        state.given++;
        yield { id: `d${i}`, text: `text ${i}` };
      }
    } finally {
      state.ended = true;
    }
  }
  return { state, documents };
}

describe("pickDocuments", () => {
  it("finds documents and lists the ids that are missing", async () => {
    const { documents, missing } = await pickDocuments(corpus(), ["d7", "x", "d2", "x", "y"]);
    expect([...documents]).toEqual([
      ["d2", { id: "d2", text: "text 2" }],
      ["d7", { id: "d7", text: "text 7" }],
    ]);
    expect(missing).toEqual(["x", "y"]);
  });

  it("reads no further than it must", async () => {
    const all = corpus();
    await pickDocuments(all, new Set(["d1", "d3"]));
    expect(all.state).toEqual({ given: 4, ended: true });
    const none = corpus();
    expect((await pickDocuments(none, [])).documents.size).toBe(0);
    expect(none.state.given).toBe(0);
  });

  it("stops with ABORTED and ends the corpus", async () => {
    const all = corpus();
    await expect(pickDocuments(all, ["d9"], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(all.state).toEqual({ given: 1, ended: true });
  });
});
