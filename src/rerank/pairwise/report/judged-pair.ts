/** What one judge said of one pair. */
export interface JudgedPair {
  readonly judge: string;
  /** Names of the two documents. */
  readonly a: string | number;
  readonly b: string | number;
  /** p(a ≻ b), the mean of both orders; undefined where there is no usable answer in either of them. */
  readonly probability?: number | undefined;
  /** p(a ≻ b) with a shown first; undefined for judges that see no order, and for answers of no use. */
  readonly aFirst?: number | undefined;
  /** p(a ≻ b) with b shown first. */
  readonly bFirst?: number | undefined;
}
