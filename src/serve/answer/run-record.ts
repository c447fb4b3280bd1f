import type { PartRecord, ScoreScale } from "../../types/index.js";
import type { ServeAnswer } from "../dialects/dialect.js";
import type { ModelInfo } from "../models/served-model.js";

/** What ran. */
export interface RunRecord {
  /** As the reranker names itself: id @ revision (precision). */
  readonly reranker: string;
  readonly revision: string | undefined;
  readonly precision: string | undefined;
  /** What the scores of the answer are. */
  readonly scoreScale: ScoreScale;
  /** Of a reranker made of others: what each of them did. */
  readonly parts?: readonly PartRecord[] | undefined;
}

/** Every answer of this server; dialects of others have no words for the record. */
export interface RecordedAnswer extends ServeAnswer {
  readonly record: RunRecord;
}

export function isRecorded(answer: ServeAnswer): answer is RecordedAnswer {
  return "record" in answer;
}

/** What `info` does not say is read from the name, which is `id@revision (precision)`. */
export function runRecord(reranker: string, info: ModelInfo, scoreScale: ScoreScale): RunRecord {
  const [, revision, precision] = /^[^@(]*(?:@([\w.-]+))?(?: \(([\w-]+)\))?$/.exec(reranker) ?? [];
  return {
    reranker,
    revision: info.revision ?? revision,
    precision: info.precision ?? precision,
    scoreScale,
  };
}
