import { asArray, asIndex, asObject, asString, invalidTokenizer, type JsonObject } from "./json.js";
import type { PairTemplate, SpecialRun } from "./tokenizer.js";

const NOTHING: SpecialRun = { ids: [], types: [] };
/** What the reference does without a post-processor. */
const BARE: PairTemplate = {
  before: NOTHING,
  between: NOTHING,
  after: NOTHING,
  queryType: 0,
  documentType: 1,
};

/** Reads `post_processor`: how a pair is put between special tokens. */
export function parsePairTemplate(part: unknown, field: string): PairTemplate {
  return templateOf(part, field) ?? BARE;
}

/** Undefined where the post-processor only trims offsets. */
function templateOf(part: unknown, field: string): PairTemplate | undefined {
  if (part === null || part === undefined) return undefined;
  const json = asObject(part, field);
  switch (json.type) {
    case "BertProcessing":
      return bertTemplate(specialId(json.cls, `${field}.cls`), specialId(json.sep, `${field}.sep`));
    case "RobertaProcessing": {
      const cls = specialId(json.cls, `${field}.cls`);
      const sep = specialId(json.sep, `${field}.sep`);
      return {
        before: { ids: [cls], types: [0] },
        between: { ids: [sep, sep], types: [0, 0] },
        after: { ids: [sep], types: [0] },
        queryType: 0,
        documentType: 0,
      };
    }
    case "TemplateProcessing":
      return readTemplate(json, field);
    case "ByteLevel":
      return undefined;
    case "Sequence": {
      const steps = asArray(json.processors, `${field}.processors`)
        .map((step, i) => templateOf(step, `${field}.processors[${i}]`))
        .filter((template) => template !== undefined);
      if (steps.length > 1) {
        throw invalidTokenizer(
          `${field}.processors`,
          steps.length,
          "only one of them may add special tokens.",
        );
      }
      return steps[0];
    }
    default:
      throw invalidTokenizer(
        `${field}.type`,
        json.type,
        "supported are BertProcessing, RobertaProcessing, TemplateProcessing, ByteLevel and Sequence.",
      );
  }
}

export function bertTemplate(cls: number, sep: number): PairTemplate {
  return {
    before: { ids: [cls], types: [0] },
    between: { ids: [sep], types: [0] },
    after: { ids: [sep], types: [1] },
    queryType: 0,
    documentType: 1,
  };
}

/** `["[CLS]", 101]` */
function specialId(value: unknown, field: string): number {
  return asIndex(asArray(value, field)[1], `${field}[1]`);
}

function readTemplate(json: JsonObject, field: string): PairTemplate {
  const runs: { ids: number[]; types: number[] }[] = [{ ids: [], types: [] }];
  const sequences: { id: unknown; type: number }[] = [];
  const pair = json.pair ?? [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }];
  asArray(pair, `${field}.pair`).forEach((entry, i) => {
    const at = `${field}.pair[${i}]`;
    const item = asObject(entry, at);
    const sequence = item.Sequence !== undefined;
    const body = asObject(item.Sequence ?? item.SpecialToken, at);
    const type = asIndex(body.type_id ?? 0, `${at}.type_id`);
    if (sequence) {
      sequences.push({ id: body.id, type });
      runs.push({ ids: [], types: [] });
      return;
    }
    const name = asString(body.id, `${at}.id`);
    const known = asObject(json.special_tokens, `${field}.special_tokens`)[name];
    const ids = asObject(known, `${field}.special_tokens[${JSON.stringify(name)}]`).ids;
    for (const id of asArray(ids, `${field}.special_tokens[${JSON.stringify(name)}].ids`)) {
      runs.at(-1)!.ids.push(asIndex(id, `${field}.special_tokens[${JSON.stringify(name)}].ids`));
      runs.at(-1)!.types.push(type);
    }
  });
  const [query, document] = sequences;
  if (sequences.length !== 2 || query!.id !== "A" || document!.id !== "B") {
    const order = sequences.map(({ id }) => id).join(", ");
    throw invalidTokenizer(`${field}.pair`, order, "the sequences A and then B are needed, each once.");
  }
  return {
    before: runs[0]!,
    between: runs[1]!,
    after: runs[2]!,
    queryType: query!.type,
    documentType: document!.type,
  };
}
