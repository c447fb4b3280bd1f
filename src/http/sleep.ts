import { setTimeout as wait } from "node:timers/promises";

/** Waits; rejects as soon as the signal aborts. Injectable so that tests need not wait. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal });
