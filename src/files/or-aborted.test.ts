import { describe, expect, it } from "vitest";
import { orAborted } from "./or-aborted.js";

describe("orAborted", () => {
  it("passes on what the work gives when nobody aborts", async () => {
    const { signal } = new AbortController();
    expect(await orAborted(Promise.resolve(7), signal)).toBe(7);
    expect(await orAborted(Promise.resolve(7), undefined)).toBe(7);
    await expect(orAborted(Promise.reject(new Error("model broke")), signal)).rejects.toThrow("model broke");
  });

  it("does not wait for work that ignores the signal", async () => {
    const controller = new AbortController();
    const outcome = orAborted(new Promise(() => {}), controller.signal);
    controller.abort("user left");
    await expect(outcome).rejects.toMatchObject({ code: "ABORTED", cause: "user left" });
  });

  it("reports whatever the work rejects with after an abort as ABORTED", async () => {
    const controller = new AbortController();
    const work = (async () => {
      controller.abort(new Error("reason"));
      throw new Error("batch cancelled");
    })();
    await expect(orAborted(work, controller.signal)).rejects.toMatchObject({
      code: "ABORTED",
      cause: new Error("reason"),
    });
  });

  it("leaves no listener behind", async () => {
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const add = signal.addEventListener.bind(signal);
    signal.addEventListener = (type: string, listener: () => void) => {
      listeners.add(listener);
      add(type, listener);
    };
    signal.removeEventListener = (_: string, listener: unknown) => {
      listeners.delete(listener);
    };
    await orAborted(Promise.resolve(), signal);
    expect(listeners.size).toBe(0);
  });
});
