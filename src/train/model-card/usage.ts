import type { TrainingFacts } from "../report/training-facts.js";

/** The families that transformers knows; of the others this package's own documentation tells. */
const IN_TRANSFORMERS = ["bert", "electra", "roberta", "xlm-roberta"];

/** How the model is used here, and in PyTorch. */
export function usage(facts: TrainingFacts): string {
  return `${inNode(facts)}\n${inPython(facts)}`;
}

/** How a model that was pre-trained is fine-tuned here, and loaded in PyTorch. */
export function pretrainedUsage({ name, model }: TrainingFacts): string {
  const train = fenced(
    "sh",
    `rankwright train --model ${shellWord(`./${name}`)} --data pairs.jsonl --out ./reranker`,
  );
  if (!IN_TRANSFORMERS.includes(model.modelType)) return `${train}\n${notInTransformers(model.modelType)}`;
  const auto = model.guesses ? "AutoModelForMaskedLM" : "AutoModel";
  const python = fenced(
    "python",
    `from transformers import ${auto}, AutoTokenizer

folder = ${text(`./${name}`)}
tokenizer = AutoTokenizer.from_pretrained(folder)
model = ${auto}.from_pretrained(folder)`,
  );
  return `${train}\n${python}`;
}

function notInTransformers(modelType: string): string {
  return `The family \`${modelType}\` is not in transformers; rankwright's documentation has its forward pass in PyTorch.\n`;
}

function inNode({ name }: TrainingFacts): string {
  return fenced(
    "ts",
    `import { loadReranker } from "rankwright";

const reranker = await loadReranker(${text(`./${name}`)});
const { results } = await reranker.rerank({ query: "…", documents: ["…", "…"] });`,
  );
}

function inPython({ name, model }: TrainingFacts): string {
  if (!IN_TRANSFORMERS.includes(model.modelType)) return notInTransformers(model.modelType);
  const score = model.labels === 1 ? "logits[:, 0]" : "logits[:, 1] - logits[:, 0]";
  return fenced(
    "python",
    `import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

folder = ${text(`./${name}`)}
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForSequenceClassification.from_pretrained(folder).float().eval()

query, documents = "…", ["…", "…"]
inputs = tokenizer(
    [query] * len(documents), documents,
    padding=True, truncation="only_second", max_length=${model.maxTokens}, return_tensors="pt",
)
with torch.no_grad():
    logits = model(**inputs).logits
    scores = ${score}`,
  );
}

/** A string literal of JavaScript and Python alike. */
function text(value: string): string {
  return JSON.stringify(value.toWellFormed());
}

/** A word of a shell's command on one line, quoted where it needs to be. */
function shellWord(value: string): string {
  const line = value.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return /^[\w./-]+$/.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`;
}

/** The text holds no fence: the only foreign part of it is a literal on one line. */
function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\`\n`;
}
