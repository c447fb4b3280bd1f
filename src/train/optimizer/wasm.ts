/**
 * A very small WebAssembly assembler: enough to write loops over float vectors as formulas. An expression is
 * the bytes that leave its value on the stack, so `add(load(p), x)` is both the formula and its code.
 * Encodings: WebAssembly core specification 2.0, sections 5.2 to 5.5.
 */
export type Code = readonly number[];

export type ValueType = "i32" | "f32" | "f64" | "v128";

const TYPE_CODES: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** A parameter or local variable of the function being written. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly result?: ValueType;
  readonly body: Code;
}

/** A module that takes its memory as `env.memory` and exports every function under its name. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    ...vector(parameters.map((type) => [TYPE_CODES[type]])),
    ...vector(result === undefined ? [] : [[TYPE_CODES[result]]]),
  ]);
  const memory = [...name("env"), ...name("memory"), 0x02, 0x00, ...unsigned(1)];
  const exports = functions.map((each, index) => [...name(each.name), 0x00, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [1, TYPE_CODES[type]])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exports)),
    ...section(10, vector(bodies)),
  ]);
}

export const get = ({ index }: Local): Code => [0x20, ...unsigned(index)];
export const set = ({ index }: Local, value: Code): Code => [...value, 0x21, ...unsigned(index)];

export const i32 = (value: number): Code => [0x41, ...signed(value)];
export const addI32 = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const f32 = (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
export const addF64 = (a: Code, b: Code): Code => [...a, ...b, 0xa0];

/** Repeats the body, at least once, while the condition that follows it is not 0. */
export const repeatWhile = (body: Code, condition: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...condition,
  ...[0x0d, 0x00, 0x0b],
];

// Vectors: four float32 unless the name says float64, of which there are two.
const simd = (opcode: number, ...operands: readonly Code[]): Code => [
  ...operands.flat(),
  0xfd,
  ...unsigned(opcode),
];
const ALIGNED_16 = 4;
export const load = (address: Code): Code => [...simd(0x00, address), ALIGNED_16, 0];
export const store = (address: Code, value: Code): Code => [...simd(0x0b, address, value), ALIGNED_16, 0];
export const splat = (value: Code): Code => simd(0x13, value);
export const greater = (a: Code, b: Code): Code => simd(0x44, a, b);
export const and = (a: Code, b: Code): Code => simd(0x4e, a, b);
export const abs = (a: Code): Code => simd(0xe0, a);
export const sqrt = (a: Code): Code => simd(0xe3, a);
export const add = (a: Code, b: Code): Code => simd(0xe4, a, b);
export const subtract = (a: Code, b: Code): Code => simd(0xe5, a, b);
export const multiply = (a: Code, b: Code): Code => simd(0xe6, a, b);
export const divide = (a: Code, b: Code): Code => simd(0xe7, a, b);
/** Lanes 2 and 3 in the places of 0 and 1. */
export const upperHalf = (a: Code): Code => [
  ...simd(0x0d, a, a),
  ...[8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15],
];
/** Lanes 0 and 1 as float64. */
export const widen = (a: Code): Code => simd(0x5f, a);
export const addWide = (a: Code, b: Code): Code => simd(0xf0, a, b);
export const multiplyWide = (a: Code, b: Code): Code => simd(0xf2, a, b);
export const wideLane = (a: Code, lane: 0 | 1): Code => [...simd(0x21, a), lane];

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function name(text: string): Code {
  const bytes = [...new TextEncoder().encode(text)];
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128: seven bits a byte, the lowest first. */
function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** LEB128 in two's complement; the last byte's bit 6 is the sign. */
function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}
