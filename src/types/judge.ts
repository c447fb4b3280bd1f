import type { Document } from "./document.js";

/** p(a is more relevant than b), in [0, 1]; 0.5 is a tie. */
export interface Preference {
  readonly probability: number;
}

/** Compares two documents for one query. */
export interface Judge {
  readonly id: string;
  prefer(
    query: string,
    a: Document,
    b: Document,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Preference>;
}
