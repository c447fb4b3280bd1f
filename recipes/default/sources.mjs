// What the default model learns from: see README.md for licences. Paths are below RANKWRIGHT_DATA.

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
 * Sources in two stages: what stands under a heading answers it, roughly; then questions with their answers.
 * limit: examples that are read; negatives are mined within a source, which makes them hard.
 */
export const STAGES = {
  weak: [
    { name: "techdocs", file: "train/techdocs/sections.jsonl.gz", limit: 15_000 },
    { name: "openstax", file: "train/openstax/sections.jsonl.gz", limit: 10_000 },
    { name: "glossary", file: "train/openstax/glossary.jsonl.gz" },
    { name: "acl", file: "train/acl/pairs.jsonl.gz", accept: openPaper, limit: 10_000 },
  ],
  supervised: [
    { name: "qed-nq", file: "train/qed-nq/pairs-train.jsonl.gz" },
    { name: "nq-oracle", file: "train/nq-oracle/pairs.jsonl.gz" },
    { name: "ares", file: "train/ares/pairs.jsonl.gz", accept: ({ src }) => ARES_PARTS.has(src) },
    { name: "stackexchange", file: "train/stackexchange/pairs.jsonl.gz" },
    { name: "medquad", file: "train/medquad/pairs.jsonl.gz" },
    { name: "squad-nqg", file: "train/squad-nqg/pairs-test.jsonl.gz" },
  ],
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
