import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attributes, OpName } from "../ops.js";
import { type Argument, type Build, checkGradient, wave } from "../testing/check-gradient.js";
import type { Dim, Value } from "../value.js";
import { arithmetic } from "./arithmetic.js";
import { GRADIENTS } from "./rules.js";

/** Operators whose rule a case below has met. */
const checked = new Set<OpName>();
const op =
  (name: OpName, attributes?: Attributes): Build =>
  (graph, ...inputs) => {
    checked.add(name);
    return graph.op(name, inputs, attributes);
  };
/** The same argument with names for some of its sizes. */
const named = (argument: Argument, ...shape: Dim[]): Argument => ({ ...argument, shape });
const rows = (...data: number[]): Argument => ({ dims: [data.length], data, type: "int32" });

describe("element by element", () => {
  const anywhere: readonly OpName[] = [
    "Neg",
    "Exp",
    "Erf",
    "Tanh",
    "Sigmoid",
    "Softplus",
    "Gelu",
    "FastGelu",
    "Identity",
  ];
  it.each(anywhere)("%s", async (name) => {
    await checkGradient(op(name), [named(wave([3, 4], 2, -4, 4), "rows", 4)]);
  });

  const kinked: readonly OpName[] = ["Abs", "Relu"];
  it.each(kinked)("%s, 0 at 0", async (name) => {
    const [gradient] = await checkGradient(op(name), [{ dims: [4], data: [-2, -0.1, 0.2, 3] }]);
    expect(gradient).toHaveLength(4);
  });

  const ofPositive: readonly OpName[] = ["Log", "Sqrt"];
  it.each(ofPositive)("%s", async (name) => {
    await checkGradient(op(name), [wave([5], 3, 0.3, 3)]);
  });

  it("HardSigmoid", async () => {
    await checkGradient(op("HardSigmoid"), [wave([6], 3, -4, 4)]);
    await checkGradient(op("HardSigmoid", { alpha: 0.5, beta: 0.25 }), [wave([6], 3, -1, 2)]);
  });

  it("Cast", () => checkGradient(op("Cast", { to: "float32" }), [wave([3])]));

  it("Pow by its base", () =>
    checkGradient(op("Pow"), [wave([5], 1, 0.3, 2), { ...wave([5], 4), fixed: true }]));

  it("Dropout by its first input", async () => {
    const mask: Argument = { dims: [2, 3], data: [0, 1.25, 1.25, 1.25, 0, 1.25], fixed: true };
    const [gradient] = await checkGradient(op("Dropout"), [wave([2, 3]), mask]);
    expect(gradient?.[0]).toBe(0);
  });

  it("Where by what it chooses from", async () => {
    await checkGradient(
      (graph, x, a, b) => op("Where")(graph, graph.op("Greater", [x!, graph.scalar(0)]), a!, b!),
      [{ ...wave([2, 3]), fixed: true }, wave([3], 2), wave([2, 1], 3)],
    );
  });

  it("lets nothing through StopGradient, comparisons and Sign", async () => {
    const [gradient] = await checkGradient(
      (graph, x, weight) => {
        const { mul, number, greater } = arithmetic(graph);
        const fixed = mul(
          mul(op("StopGradient")(graph, weight!), number(greater(x!, 0))),
          op("Sign")(graph, x!),
        );
        return mul(x!, fixed);
      },
      [wave([4]), { ...wave([4], 2), fixed: true }],
    );
    expect(gradient).toHaveLength(4);
  });

  /** Two shapes that broadcast: axes of the longer one are 1 in either, or missing from the second. */
  const shapes = fc
    .tuple(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom("both", "left", "right")), {
        maxLength: 3,
      }),
      fc.nat({ max: 3 }),
      fc.boolean(),
    )
    .map(([axes, missing, swap]) => {
      const left = axes.map(([size, whose]) => (whose === "right" ? 1 : size));
      const right = axes.map(([size, whose]) => (whose === "left" ? 1 : size)).slice(missing);
      return swap ? ([right, left] as const) : ([left, right] as const);
    });
  const binary: readonly OpName[] = ["Add", "Sub", "Mul", "Div"];
  it.each(binary)("%s of any shapes that broadcast", (name) =>
    fc.assert(
      fc.asyncProperty(shapes, async ([a, b]) => {
        await checkGradient(op(name), [wave(a), wave(b, 2, 0.5, 2)]);
      }),
      { numRuns: 12 },
    ),
  );

  it("broadcasts sizes that are known only when the graph runs", () =>
    checkGradient(op("Mul"), [named(wave([2, 3]), "rows", "columns"), named(wave([2, 1], 2), "rows", 1)]));
});

describe("whole axes", () => {
  const reductions: readonly OpName[] = ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin"];
  const axes = fc
    .uniqueArray(fc.constantFrom(0, 1, -1), { minLength: 1, maxLength: 2 })
    .map((a) => a.toSorted());
  it.each(reductions)("%s", (name) =>
    fc.assert(
      fc.asyncProperty(
        fc.option(axes, { nil: undefined }),
        fc.constantFrom(0, 1),
        fc.boolean(),
        async (axes, keepdims, symbolic) => {
          const x = wave([2, 3, 4], 5);
          const attributes = axes === undefined ? { keepdims } : { axes, keepdims };
          await checkGradient(op(name, attributes), [
            symbolic ? named(x, "queries", "documents", "columns") : x,
          ]);
        },
      ),
      { numRuns: 12 },
    ),
  );

  it("shares the gradient of a maximum among ties", async () => {
    const build: Build = (graph, x) => graph.op("ReduceMax", [x!], { axes: [1], keepdims: 0 });
    // Where elements tie, the central difference is the mean of both sides' slopes, which for two is the share.
    const [gradient] = await checkGradient(build, [{ dims: [1, 3], data: [2, 2, 1] }]);
    expect(gradient?.[0]).toBe(gradient?.[1]);
    expect(gradient?.[2]).toBe(0);
  });

  const along: readonly OpName[] = ["Softmax", "LogSoftmax"];
  it.each(along)("%s", async (name) => {
    await checkGradient(op(name), [named(wave([3, 4], 2, -4, 4), "rows", 4)]);
    await checkGradient(op(name, { axis: -1 }), [wave([2, 1, 5])]);
  });

  it("LayerNormalization", async () => {
    const parameters = [wave([5], 2, 0.5, 2), wave([5], 3)];
    const attributes = { axis: -1, epsilon: 1e-5 };
    await checkGradient(op("LayerNormalization", attributes), [
      named(wave([4, 5]), "rows", 5),
      ...parameters,
    ]);
    await checkGradient(op("LayerNormalization", attributes), [wave([2, 2, 5], 4), ...parameters]);
  });
});

describe("places", () => {
  it("Gather, rows that occur never, once and often", async () => {
    const [gradient] = await checkGradient(op("Gather"), [wave([4, 3]), rows(2, 0, 2, 2)]);
    expect([...(gradient?.slice(3, 6) ?? [])]).toEqual([0, 0, 0]);
    await checkGradient(op("Gather"), [
      named(wave([4, 3]), "tokens", 3),
      { dims: [2, 3], shape: ["sequences", "slots"], data: [3, 1, 0, 3, 3, 2], type: "int32" },
    ]);
  });

  it("Gather twice, alone and beside another use of the table", async () => {
    await checkGradient(
      (graph, table, a, b) =>
        graph.op("Mul", [graph.op("Gather", [table!, a!]), graph.op("Gather", [table!, b!])]),
      [wave([4, 2]), rows(1, 0, 1), rows(3, 1, 1)],
    );
    await checkGradient(
      (graph, table, a) => graph.op("FusedMatMul", [graph.op("Gather", [table!, a!]), table!], { transB: 1 }),
      [wave([4, 2]), rows(1, 0, 1)],
    );
  });

  it.each([0, 1])("GatherElements and ScatterElements along axis %i", async (axis) => {
    const places: Argument = { dims: [2, 3], data: [0, 1, 1, 0, 0, 1], type: "int32" };
    await checkGradient(op("GatherElements", { axis }), [wave([2, 3]), places]);
    await checkGradient(op("ScatterElements", { axis, reduction: "add" }), [
      wave([2, 3]),
      places,
      wave([2, 3], 2),
    ]);
  });

  it("Concat and Slice", async () => {
    await checkGradient(op("Concat", { axis: -1 }), [wave([2, 3]), wave([2, 1], 2), wave([2, 2], 3)]);
    const slice = op("Slice", { starts: [1, 0], ends: [3, -1], axes: [0, -1] });
    await checkGradient(slice, [named(wave([4, 2, 3]), 4, "middle", 3)]);
  });

  it("Transpose", () =>
    checkGradient(op("Transpose", { perm: [2, 0, 1] }), [named(wave([2, 3, 4]), "a", "b", 4)]));

  it("Reshape", async () => {
    await checkGradient(
      (graph, x) => {
        checked.add("Reshape");
        return graph.op("Tanh", [graph.reshape(x!, ["all", 2])]);
      },
      [named(wave([3, 4, 2]), "a", "b", 2)],
    );
  });

  it("Expand", async () => {
    await checkGradient(op("Expand", { to: [2, 3, 4] }), [wave([3, 1])]);
    await checkGradient(
      (graph, x, like) => graph.op("Expand", [x!, graph.op("Shape", [like!])], { to: like!.shape }),
      [wave([1, 3]), { ...named(wave([2, 3]), "rows", 3), fixed: true }],
    );
  });
});

describe("products", () => {
  const flag = fc.constantFrom(0, 1);
  const sides = (transA: number, transB: number) => [
    transA === 1 ? [4, 2] : [2, 4],
    transB === 1 ? [3, 4] : [4, 3],
  ];

  it("Gemm with every combination of flags and factors", () =>
    fc.assert(
      fc.asyncProperty(
        flag,
        flag,
        fc.constantFrom(1, 0.5),
        fc.constantFrom(1, -2),
        async (transA, transB, alpha, beta) => {
          const [a, b] = sides(transA, transB) as [number[], number[]];
          const attributes = { transA, transB, alpha, beta };
          await checkGradient(op("Gemm", attributes), [wave(a), wave(b, 2), wave([3], 3)]);
        },
      ),
      { numRuns: 12 },
    ));

  it("FusedMatMul with every combination of flags, in batches", () =>
    fc.assert(
      fc.asyncProperty(
        flag,
        flag,
        fc.constantFrom([], [3], [2, 1]),
        fc.constantFrom([], [2, 3]),
        async (transA, transB, left, right) => {
          const [a, b] = sides(transA, transB) as [number[], number[]];
          const build = op("FusedMatMul", { transA, transB, alpha: 0.5 });
          await checkGradient(build, [wave([...left, ...a]), wave([...right, ...b], 2)]);
        },
      ),
      { numRuns: 16 },
    ));

  it("MatMul", () => checkGradient(op("MatMul"), [named(wave([3, 2, 4]), "b", "r", 4), wave([4, 3], 2)]));
});

describe("packed attention", () => {
  const HEADS = 2;
  /** Sequences of 2, 3 and 1 tokens. */
  const layout: readonly Argument[] = [
    {
      dims: [3, HEADS, 3],
      shape: ["sequences", HEADS, "slots"],
      data: [0, 2, 0, 1, 3, 1, 4, 6, 8, 5, 7, 9, 10, 10, 10, 11, 11, 11],
      type: "int32",
    },
    {
      dims: [6, HEADS],
      shape: ["tokens", HEADS],
      data: [0, 3, 1, 4, 6, 9, 7, 10, 8, 11, 12, 15],
      type: "int32",
    },
    {
      dims: [3, 1, 1, 3],
      shape: ["sequences", 1, 1, "slots"],
      data: [0, 0, -1e9, 0, 0, 0, 0, -1e9, -1e9],
      fixed: true,
    },
  ];
  const tokens = (phase: number) => named(wave([6, 4], phase), "tokens", 4);

  it("of all tokens", () => checkGradient(op("Attention"), [tokens(1), tokens(2), tokens(3), ...layout]));

  it("of first tokens", () =>
    checkGradient(op("Attention", { firstOnly: 1 }), [
      named(wave([3, 4]), "sequences", 4),
      tokens(2),
      tokens(3),
      ...layout,
    ]));

  it("does not depend on what the slots of padding repeat", async () => {
    const elsewhere = { ...layout[0]!, data: [0, 2, 9, 1, 3, 8, 4, 6, 8, 5, 7, 9, 10, 0, 1, 11, 2, 3] };
    for (const [name, q] of [
      ["tokens", tokens(1)],
      ["sequences", named(wave([3, 4]), "sequences", 4)],
    ] as const) {
      const build = op("Attention", name === "tokens" ? {} : { firstOnly: 1 });
      const usual = await checkGradient(build, [q, tokens(2), tokens(3), ...layout]);
      const other = await checkGradient(build, [q, tokens(2), tokens(3), elsewhere, ...layout.slice(1)]);
      expect(other).toEqual(usual);
    }
  });

  it("of one value as query, key and value", () =>
    checkGradient(
      (graph, x, ...rest) => graph.op("Attention", [x!, x!, x!, ...(rest as Value[])]),
      [tokens(1), ...layout],
    ));
});

it("every rule has been checked", () => {
  const without = Object.keys(GRADIENTS).filter((name) => !checked.has(name as OpName));
  expect(without).toEqual(["Shape", "Size"]);
});
