import { type Sleep, sleep } from "../../http/sleep.js";

/** Time and chance, so that tests need neither wait nor guess. */
export interface Clock {
  /** Milliseconds on the scale of `performance.now()`, on which deadlines are given. */
  now(): number;
  readonly sleep: Sleep;
  /** In [0, 1). */
  random(): number;
}

export const systemClock: Clock = { now: () => performance.now(), sleep, random: Math.random };
