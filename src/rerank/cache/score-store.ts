/** What a store knew. */
export interface StoredValues {
  /** In the order of the keys; undefined where it knows nothing. */
  readonly values: readonly (Uint8Array | undefined)[];
  /** Why it could not be asked, or not wholly, as in "did not answer within 50 ms"; never a secret. */
  readonly problem?: string | undefined;
}

/**
 * Keeps small values under short keys, for a while and as far as there is room. It may forget anything at any time,
 * but never gives a value that was not set under its key. Being out of reach is no error: a cache must not make
 * ranking fail.
 */
export interface ScoreStore {
  /** Answers soon: a caller would rather compute than wait. */
  getMany(keys: readonly string[]): Promise<StoredValues>;
  setMany(entries: readonly (readonly [key: string, value: Uint8Array])[]): Promise<void>;
  close(): Promise<void>;
}
