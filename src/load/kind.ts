import type { z } from "zod";
import type { Reranker } from "../types/index.js";
import type { LoadOptions } from "./load-options.js";

/** What a kind opens a reranker from. */
export interface Opening<Value, Fields, PartFields> {
  /** What stands under the kind's key; of kinds with parts, nothing more than they. */
  readonly value: Value;
  /** The other fields of the spec. */
  readonly fields: Fields;
  /** The rerankers inside, in their order, with the fields that an entry has for this kind. */
  readonly parts: readonly { readonly reranker: Reranker; readonly fields: PartFields }[];
  readonly load: LoadOptions;
}

/**
 * A way to describe a reranker in JSON: one file each in kinds/. A spec is an object with the kind's key, as
 * `{ "cascade": [ … ] }`, and fields beside it.
 */
export interface Kind<Value = unknown, Fields = unknown, PartFields = unknown> {
  /** By which a spec is known to be of this kind. */
  readonly key: string;
  /** What must stand under the key; kinds with parts have a list of specs there and need none. */
  readonly value?: z.ZodType<Value> | undefined;
  /** Fields beside the key. */
  readonly fields: z.ZodObject & z.ZodType<Fields>;
  /** Of kinds whose value is a list of specs: fields that an entry may have beside its own. */
  readonly partFields?: (z.ZodObject & z.ZodType<PartFields>) | undefined;
  /** What one field alone does not tell. `path` is behind the spec's own. */
  check?(
    parts: readonly PartFields[],
  ): { readonly path: string; readonly value: unknown; readonly mend: string } | undefined;
  open(opening: Opening<Value, Fields, PartFields>): Promise<Reranker>;
}
