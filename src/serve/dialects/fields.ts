import { z } from "zod";

// The message of each schema is the mend that a caller reads: "top_n is -1; pass a whole number …".

/** The text to rank by. */
export const query = z.string({ error: "pass the text to rank the documents by" });

/** Documents that are nothing but text. */
export const strings = z.array(z.string({ error: "pass a string" }), { error: "pass a list of strings" });

/** A document with parts; which of them are read depends on the request. */
export const objectDocument = z.record(z.string(), z.unknown(), {
  error: "pass an object with a string `text`",
});

/** Documents as text or with parts. */
export const documents = z.array(
  z.union([z.string(), objectDocument], { error: "pass a string or an object with a string `text`" }),
  { error: "pass a list of strings or of objects with a string `text`" },
);

export const model = z.string({ error: "pass a model's name, or leave it out" }).nullish();

/** A number of results, from 1. */
export const count = atLeast(1, "pass a whole number from 1, or leave it out to get all results");

/** A number of results where 0 has a meaning of its own. */
export const countOrZero = atLeast(0, "pass a whole number from 0, or leave it out to get all results");

export const tokens = atLeast(1, "pass a whole number from 1, or leave it out for the model's own limit");

export const tokensOrZero = atLeast(0, "pass a whole number from 1, or 0 for the model's own limit");

export const priority = atLeast(0, "pass a whole number from 0, which is served first");

export const flag = z.boolean({ error: "pass true or false, or leave it out" }).nullish();

export const text = z.string({ error: "pass a string, or leave it out" }).nullish();

export const rankFields = z
  .array(z.string({ error: "pass the name of a field" }), { error: "pass a list of the names of fields" })
  .nullish();

/** A whole number, or nothing. */
export function atLeast(least: number, error: string) {
  return z.int({ error }).min(least, { error }).nullish();
}

/** One of a few words, or nothing. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z
    .enum(words, { error: `pass ${words.map((word) => `"${word}"`).join(" or ")}, or leave it out` })
    .nullish();
}
