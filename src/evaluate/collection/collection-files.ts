import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileError } from "../../files/open-bytes.js";
import { RankwrightError, show } from "../../types/index.js";

/** Where the parts of a collection lie. */
export interface CollectionFiles {
  readonly corpus: string;
  readonly queries: string;
  /** Undefined where the collection has no judgments. */
  readonly qrels: string | undefined;
}

const CORPUS = ["corpus.jsonl", "corpus.jsonl.gz", "corpus.parquet"];
const QUERIES = ["queries.jsonl", "queries.jsonl.gz", "queries.parquet", "queries.tsv", "queries.tsv.gz"];
const TOPICS = /^topics.*\.(tsv|txt|jsonl|sgml|xml|trec)(\.gz)?$/;
const JUDGMENTS = /^(?<name>.+?)\.(tsv|txt|qrels|trec)(\.gz)?$/;

/**
 * Finds the parts of a collection in its folder.
 *
 * @param wanted Name of judgments (a file in `qrels/`, or `qrels.*` or `*.qrels` beside the corpus, without its
 *   last ending), or a path. Default: `test`, else the only ones there.
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COLLECTION; INVALID_OPTION for judgments that are not there
 */
export async function findCollectionFiles(
  folder: string,
  wanted: string | undefined,
): Promise<CollectionFiles> {
  const names = await namesIn(folder);
  const present = (candidates: readonly string[]) => candidates.find((name) => names.includes(name));
  const corpus = present(CORPUS);
  if (!corpus) throw missing(folder, "corpus", CORPUS);
  const queries = present(QUERIES) ?? onlyTopics(folder, names);
  return {
    corpus: join(folder, corpus),
    queries: join(folder, queries),
    qrels: await chooseQrels(folder, names, wanted),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOTDIR") throw fileError(folder, cause);
    const message = `${folder} is a file; name the folder that holds corpus, queries and judgments.`;
    throw new RankwrightError("FILE_NOT_FOUND", message, { field: "collection", value: folder, cause });
  }
}

function onlyTopics(folder: string, names: readonly string[]): string {
  const [first, ...others] = names.filter((name) => TOPICS.test(name));
  if (!first) throw missing(folder, "queries", [...QUERIES, "topics*.tsv", "topics*.txt"]);
  if (others.length === 0) return first;
  const message = `${folder} has several files of queries (${[first, ...others].join(", ")}); keep one, or name one queries.tsv.`;
  throw new RankwrightError("INVALID_COLLECTION", message, { field: "queries", value: folder });
}

async function chooseQrels(
  folder: string,
  names: readonly string[],
  wanted: string | undefined,
): Promise<string | undefined> {
  const inside = names.includes("qrels") ? await namesIn(join(folder, "qrels")) : [];
  const files = [
    ...inside.map((file) => join("qrels", file)),
    ...names.filter((name) => name.startsWith("qrels.") || /\.qrels(\.gz)?$/.test(name)),
  ];
  const byName = new Map<string, string>();
  for (const file of files) {
    const name = JUDGMENTS.exec(basename(file))?.groups?.name;
    if (name !== undefined && !byName.has(name)) byName.set(name, join(folder, file));
  }
  const list = [...byName.keys()].join(", ");
  if (wanted === undefined) {
    const [only, ...others] = byName.values();
    if (others.length === 0) return only;
    const test = byName.get("test");
    if (test) return test;
    const message = `${folder} has more than one file of judgments (${list}); name one of them as qrels.`;
    throw new RankwrightError("INVALID_OPTION", message, { field: "qrels" });
  }
  const named = byName.get(wanted);
  if (named) return named;
  if ((await stat(wanted).catch(() => undefined))?.isFile()) return wanted;
  const there = list === "" ? "it has none" : `it has ${list}`;
  const message = `qrels is ${show(wanted)}, which is neither a file nor the name of judgments in ${folder}; ${there}.`;
  throw new RankwrightError("INVALID_OPTION", message, { field: "qrels", value: wanted });
}

function missing(folder: string, field: string, candidates: readonly string[]): RankwrightError {
  const message = `${folder} has no ${field}; add one of ${candidates.join(", ")}.`;
  return new RankwrightError("INVALID_COLLECTION", message, { field, value: folder });
}
