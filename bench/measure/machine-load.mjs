import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** Milliseconds per clock tick in /proc/stat. */
const TICK_MS = 10;

/**
 * Milliseconds that all processors together have been busy, and have existed, since the machine started.
 * On Linux time stolen by other virtual machines counts as busy.
 */
export function machineTimes() {
  if (process.platform === "linux") {
    const [first] = readFileSync("/proc/stat", "utf8").split("\n", 1);
    const [user, nice, system, idle, wait, irq, softIrq, steal] = first
      .trim()
      .split(/\s+/)
      .slice(1)
      .map(Number);
    const busy = user + nice + system + irq + softIrq + (steal ?? 0);
    return { busyMs: busy * TICK_MS, totalMs: (busy + idle + wait) * TICK_MS };
  }
  let [busyMs, totalMs] = [0, 0];
  for (const { times } of cpus()) {
    const busy = times.user + times.nice + times.sys + times.irq;
    busyMs += busy;
    totalMs += busy + times.idle;
  }
  return { busyMs, totalMs };
}

/**
 * The share of the machine that others took since `before`, in [0, 1].
 * @param {{ busyMs: number, totalMs: number }} before
 * @param {number} ownMs processor time of what was measured
 */
export function foreignShare(before, ownMs) {
  const now = machineTimes();
  const total = now.totalMs - before.totalMs;
  return total <= 0 ? 0 : Math.max(0, now.busyMs - before.busyMs - ownMs) / total;
}
