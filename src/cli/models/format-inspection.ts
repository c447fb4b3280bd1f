import type { ModelCost, ModelInspection } from "../../models/inspect.js";
import { bytes, flop, large } from "../terminal/units.js";

/** Memory of the process and the runtime before any model. */
const PROCESS_BYTES = 80e6;

/** An inspection for people: one fact a line under its name. */
export function formatInspection(inspection: ModelInspection): string {
  const { folder, family, modelType, config, maxTokens, tokenizer, weights, cost, problems } = inspection;
  const facts: [name: string, lines: readonly string[]][] = [
    ["folder", [folder]],
    [
      "family",
      [family === undefined ? `${modelType}, as a ready-made graph` : `${family} (model_type ${modelType})`],
    ],
  ];
  if (config !== undefined) {
    const { layers, hiddenSize, heads, intermediateSize, labels } = config;
    facts.push(
      ["layers", [String(layers)]],
      ["sizes", [`hidden ${hiddenSize}, intermediate ${intermediateSize}`]],
      ["heads", [`${heads} of ${hiddenSize / heads}`]],
      ["head", [headText(labels)]],
    );
  }
  if (cost !== undefined) facts.push(["parameters", [`${large(cost.parameters)} (${cost.parameters})`]]);
  if (tokenizer !== undefined) {
    facts.push(["tokenizer", [`${tokenizer.kind}, vocabulary of ${tokenizer.vocabSize}`]]);
  }
  facts.push(["longest", [`${maxTokens} tokens, query and document together`]]);
  const types = Object.entries(weights.dtypes ?? {}).map(([dtype, size]) => `${dtype} ${bytes(size)}`);
  facts.push(["weights", [[`${weights.file}, ${bytes(weights.bytes)}`, ...types].join(", ")]]);
  if (cost !== undefined) facts.push(["compute", computeLines(cost)], ["memory", memoryLines(cost)]);
  if (problems.length > 0) facts.push(["problems", [`${problems.length}, see below`]]);
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts
    .flatMap(([name, lines]) => lines.map((line, at) => `${(at === 0 ? name : "").padEnd(width)}  ${line}\n`))
    .join("");
}

function headText(labels: number): string {
  if (labels === 1) return "1 logit, which is the score";
  if (labels === 2) return "2 logits; the score is the second less the first";
  return `${labels} logits, of which no rule makes one score`;
}

function computeLines({ flops: { tokens, linear, attention } }: ModelCost): string[] {
  return [
    `${flop(linear + attention)} for a pair of ${tokens} tokens`,
    `linear layers ${flop(linear)}: 2 · weights · tokens`,
    `attention ${flop(attention)}: 4 · layers · tokens² · hidden`,
    "in the last layer only what the first token needs, which is far less",
  ];
}

function memoryLines({ memory, sessions }: ModelCost): string[] {
  const lines = (["float32", "int8"] as const).map((precision) => {
    const { weights, work } = memory[precision];
    const total = PROCESS_BYTES + sessions * (weights + work);
    return `${precision} ${bytes(total)}: ${bytes(PROCESS_BYTES)} + sessions · (weights ${bytes(weights)} + work ${bytes(work)})`;
  });
  return [
    ...lines,
    `sessions: ${sessions} on this machine, fewer with fewer --threads`,
    "work: 16 MB + 4 · tokens · (6 · hidden + 3 · intermediate + 5 · heads · longest)",
    "for batches of 512 tokens with texts as long as the model takes; usual ones need less",
  ];
}

/** The same for machines. */
export function inspectionJson(inspection: ModelInspection): Readonly<Record<string, unknown>> {
  const { folder, family, modelType, config, maxTokens, tokenizer, weights, cost, problems } = inspection;
  return {
    folder,
    family,
    modelType,
    layers: config?.layers,
    hiddenSize: config?.hiddenSize,
    intermediateSize: config?.intermediateSize,
    heads: config?.heads,
    labels: config?.labels,
    parameters: cost?.parameters,
    tokenizer,
    maxTokens,
    weights,
    flops: cost?.flops,
    memory: cost?.memory,
    sessions: cost?.sessions,
    problems: problems.map(({ code, message }) => ({ code, message })),
  };
}
