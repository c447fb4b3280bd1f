// What the default model learns from: see README.md for licences. Paths are below RANKWRIGHT_DATASETS.

/** Texts for the vocabulary and for how rare words are. */
export const TEXTS = [
  "train/techdocs/sections.jsonl.gz",
  "train/openstax/sections.jsonl.gz",
  "train/openstax/glossary.jsonl.gz",
  "train/acl/pairs.jsonl.gz",
  "train/stackexchange/pairs.jsonl.gz",
  "train/qed-nq/pairs-train.jsonl.gz",
  "train/medquad/pairs.jsonl.gz",
  "train/squad-nqg/pairs-test.jsonl.gz",
  "train/ares/pairs.jsonl.gz",
];

/** Papers before 2016 are under a licence that forbids commercial use. */
const openPaper = ({ id }) => Number(String(id).slice(0, 4)) >= 2016;
const ARES_PARTS = new Set(["nq", "hotpotqa", "fever", "wow"]);

/**
 * By name: a file, and what of it is taken; negatives are mined within a source, which makes them hard. With
 * `derive`, lists are made from its texts, see derive.mjs: a sentence asks for the rest of its passage, or a
 * question's title for its body.
 */
export const SOURCES = {
  // Questions with answers.
  "qed-nq": { file: "train/qed-nq/pairs-train.jsonl.gz" },
  "nq-oracle": { file: "train/nq-oracle/pairs.jsonl.gz" },
  ares: { file: "train/ares/pairs.jsonl.gz", accept: ({ src }) => ARES_PARTS.has(src) },
  stackexchange: { file: "train/stackexchange/pairs.jsonl.gz" },
  medquad: { file: "train/medquad/pairs.jsonl.gz" },
  "squad-nqg": { file: "train/squad-nqg/pairs-test.jsonl.gz" },
  // What stands under a heading answers it, roughly.
  techdocs: { file: "train/techdocs/sections.jsonl.gz" },
  openstax: { file: "train/openstax/sections.jsonl.gz" },
  acl: { file: "train/acl/pairs.jsonl.gz", accept: openPaper },
  // Parts of a text belong together.
  "cloze-techdocs": { file: "train/techdocs/sections.jsonl.gz", derive: "text", limit: 40_000 },
  "cloze-openstax": { file: "train/openstax/sections.jsonl.gz", derive: "text" },
  "cloze-acl": { file: "train/acl/pairs.jsonl.gz", derive: "abstract", accept: openPaper },
  "cloze-qed-nq": { file: "train/qed-nq/pairs-train.jsonl.gz", derive: "pos" },
  "cloze-medquad": { file: "train/medquad/pairs.jsonl.gz", derive: "pos" },
  "cloze-stackexchange": { file: "train/stackexchange/pairs.jsonl.gz", derive: "pos" },
  bodies: { file: "train/stackexchange/pairs.jsonl.gz", derive: "title" },
};

/** Collections whose queries and relevant passages must not be trained on, with the judgments meant. */
export const TESTS = [
  ["trec-dl19", "full"],
  ["trec-dl20", "full"],
  ["scifact", "test"],
  ["nfcorpus", "test"],
  ["arguana", "test"],
  ["liveqa-med", "test"],
  ["epqa", "test"],
  ["cosqa", "test"],
  ["policyqa", "test"],
  ["stackfaq", "test"],
  ["cranfield", "test"],
];
