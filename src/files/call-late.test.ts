import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { callLate } from "./call-late.js";

describe("callLate", () => {
  it("calls when the time is over, once, and not where it was cancelled or never comes", async () => {
    const [late, cancelled, never] = [vi.fn(), vi.fn(), vi.fn()];
    callLate(5, late);
    const cancel = callLate(5, cancelled);
    callLate(Number.POSITIVE_INFINITY, never);
    cancel();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([late, cancelled, never].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 0]);
  });

  it("lets an answer that has arrived be read first, however busy the event loop was", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const connected = once(server, "connection");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const [other] = (await connected) as [Socket];
    const order: string[] = [];
    const both = Promise.all([
      new Promise<void>((resolve) => {
        callLate(1, () => resolve(void order.push("late")));
      }),
      once(socket, "data").then(() => order.push("answer")),
    ]);
    // On its way at once; the time is over before anybody can look.
    other.write("x");
    const until = performance.now() + 20;
    while (performance.now() < until);
    await both;
    expect(order).toEqual(["answer", "late"]);
    socket.destroy();
    other.destroy();
    server.close();
  });
});
