import {
  abs,
  add,
  addF64,
  addI32,
  addWide,
  and,
  assemble,
  type Code,
  divide,
  f32,
  get,
  greater,
  i32,
  type Local,
  load,
  multiply,
  multiplyWide,
  repeatWhile,
  set,
  splat,
  sqrt,
  store,
  subtract,
  upperHalf,
  type ValueType,
  type WasmFunction,
  wideLane,
  widen,
} from "./wasm.js";

/**
 * The functions of the optimiser, over float32 in one WebAssembly memory. Addresses are in bytes and multiples of
 * 16, counts are in floats, above 0 and multiples of 4. Every result is the same in every run.
 */
export interface Kernels {
  /**
   * One step of Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay
   * regularization", ICLR 2019), rounded where torch.optim.AdamW rounds:
   *
   *     g = gradientScale · gradient
   *     weight = keep · weight                                     keep = 1 − learning rate · decay
   *     m = m + firstRate · (g − m)                                firstRate = 1 − β1
   *     v = secondKeep · v + secondRate · g²                       secondKeep = β2, secondRate = 1 − β2
   *     weight = weight − stepSize · m / (√v · correction + epsilon)
   *
   * with stepSize = learning rate / (1 − β1^t) and correction = 1 / √(1 − β2^t). Moments below 1e-30 count as
   * 0: they are lost in epsilon, and left alone they would decay to denormal numbers and stay there, and
   * arithmetic with those is slow.
   */
  adamw(
    weight: number,
    gradient: number,
    m: number,
    v: number,
    count: number,
    gradientScale: number,
    keep: number,
    firstRate: number,
    secondKeep: number,
    secondRate: number,
    stepSize: number,
    correction: number,
    epsilon: number,
  ): void;
  /** to = a · to + b · from */
  blend(to: number, from: number, count: number, a: number, b: number): void;
  /** Added up in float64, so that neither squares nor sums overflow. */
  sumOfSquares(values: number, count: number): number;
}

const NEGLIGIBLE = 1e-30;
const BYTES_PER_VECTOR = 16;
const FLOATS_PER_VECTOR = 4;

/** The module of {@link Kernels}; it takes its memory as `env.memory`. */
export function kernelModule(): Uint8Array<ArrayBuffer> {
  return assemble([adamw(), blend(), sumOfSquares()]);
}

function adamw(): WasmFunction {
  const f = new FunctionWriter();
  const [weight, gradient, m, v] = f.parameters("i32", 4);
  const [count] = f.parameters("i32", 1);
  const settings = f.parameters("f32", 8);
  const constant = settings.map(() => f.local("v128"));
  const [gradientScale, keep, firstRate, secondKeep, secondRate, stepSize, correction, epsilon] =
    constant.map(get);
  const negligible = f.local("v128");
  const g = f.local("v128");
  const first = f.local("v128");
  const second = f.local("v128");
  const unlessNegligible = (x: Local, size: Code): Code => and(get(x), greater(size, get(negligible)));
  const body = [
    ...constant.flatMap((local, i) => set(local, splat(get(settings[i]!)))),
    ...set(negligible, splat(f32(NEGLIGIBLE))),
    ...f.eachVector(count!, [weight!, gradient!, m!, v!], () => [
      ...set(g, multiply(load(get(gradient!)), gradientScale!)),
      ...set(first, load(get(m!))),
      ...set(first, add(get(first), multiply(firstRate!, subtract(get(g), get(first))))),
      ...set(
        second,
        add(multiply(secondKeep!, load(get(v!))), multiply(secondRate!, multiply(get(g), get(g)))),
      ),
      ...store(get(m!), unlessNegligible(first, abs(get(first)))),
      ...store(get(v!), unlessNegligible(second, get(second))),
      ...store(
        get(weight!),
        subtract(
          multiply(keep!, load(get(weight!))),
          divide(multiply(stepSize!, get(first)), add(multiply(sqrt(get(second)), correction!), epsilon!)),
        ),
      ),
    ]),
  ];
  return f.finish("adamw", body);
}

function blend(): WasmFunction {
  const f = new FunctionWriter();
  const [to, from, count] = f.parameters("i32", 3);
  const [a, b] = f.parameters("f32", 2);
  const keep = f.local("v128");
  const take = f.local("v128");
  const body = [
    ...set(keep, splat(get(a!))),
    ...set(take, splat(get(b!))),
    ...f.eachVector(count!, [to!, from!], () =>
      store(get(to!), add(multiply(get(keep), load(get(to!))), multiply(get(take), load(get(from!))))),
    ),
  ];
  return f.finish("blend", body);
}

function sumOfSquares(): WasmFunction {
  const f = new FunctionWriter();
  const [values, count] = f.parameters("i32", 2);
  const x = f.local("v128");
  const low = f.local("v128");
  const high = f.local("v128");
  const square = (half: Code): Code => multiplyWide(half, half);
  const body = [
    ...f.eachVector(count!, [values!], () => [
      ...set(x, load(get(values!))),
      ...set(low, addWide(get(low), square(widen(get(x))))),
      ...set(high, addWide(get(high), square(widen(upperHalf(get(x)))))),
    ]),
    ...set(low, addWide(get(low), get(high))),
    ...addF64(wideLane(get(low), 0), wideLane(get(low), 1)),
  ];
  return f.finish("sumOfSquares", body, "f64");
}

/** Numbers a function's parameters and locals; parameters come first. */
class FunctionWriter {
  readonly #parameters: ValueType[] = [];
  readonly #locals: ValueType[] = [];

  parameters(type: ValueType, count: number): readonly Local[] {
    return Array.from({ length: count }, () => ({ index: this.#parameters.push(type) - 1, type }));
  }

  local(type: ValueType): Local {
    return { index: this.#parameters.length + this.#locals.push(type) - 1, type };
  }

  /** Runs the body for every four floats, moving the pointers on. */
  eachVector(count: Local, pointers: readonly Local[], body: () => Code): Code {
    const step = [
      ...body(),
      ...pointers.flatMap((pointer) => set(pointer, addI32(get(pointer), i32(BYTES_PER_VECTOR)))),
      ...set(count, addI32(get(count), i32(-FLOATS_PER_VECTOR))),
    ];
    return repeatWhile(step, get(count));
  }

  finish(name: string, body: Code, result?: ValueType): WasmFunction {
    return {
      name,
      parameters: this.#parameters,
      locals: this.#locals,
      body,
      ...(result === undefined ? {} : { result }),
    };
  }
}
