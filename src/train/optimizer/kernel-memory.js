// Plain JavaScript, because it runs in the worker thread.

/** @typedef {import("./kernels.js").Kernels} Kernels */
/** @typedef {{ new (bytes: Uint8Array): object }} ModuleClass */
/** @typedef {{ new (module: object, imports: object): { exports: unknown } }} InstanceClass */
/** @typedef {{ new (limits: { initial: number }): { buffer: ArrayBuffer } }} MemoryClass */

// TypeScript declares these for browsers only.
const { WebAssembly } =
  /** @type {{ WebAssembly: { Module: ModuleClass, Instance: InstanceClass, Memory: MemoryClass } }} */ (
    /** @type {unknown} */ (globalThis)
  );

const PAGE_BYTES = 65536;

/**
 * A memory of zeros and the kernels that work on it. Pages of it take none of the machine's memory until they
 * are written; it cannot grow, because growing would cut off the views that others hold.
 *
 * @param {Uint8Array} module as kernelModule() gives it
 * @param {number} bytes at most 2^32
 * @returns {{ kernels: Kernels, buffer: ArrayBuffer }}
 */
export function kernelMemory(module, bytes) {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  return { kernels: /** @type {Kernels} */ (instance.exports), buffer: memory.buffer };
}
