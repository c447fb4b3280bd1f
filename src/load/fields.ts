import { z } from "zod";

// The message of each schema is the mend: "cascade[0].keep is 0; give a whole number of at least 1".

export function whole(least: number) {
  const error = `give a whole number of at least ${least}, or leave it out`;
  return z.int({ error }).min(least, { error }).optional();
}

/** @param what Completes "give …". */
export function number(what: string, holds: (value: number) => boolean = () => true) {
  const error = `give ${what}, or leave it out`;
  return z.number({ error }).refine(holds, { error }).optional();
}

export function flag() {
  return z.boolean({ error: "give true or false, or leave it out" }).optional();
}

export function text(what: string) {
  const error = `give ${what}`;
  return z.string({ error }).min(1, { error });
}

export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, { error: `give ${words.join(" or ")}, or leave it out` }).optional();
}

/** An object of some fields and no others. */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, { error: `give an object with the fields ${known}, or leave it out` });
}

/** What a schema reads, or a list of it; a union would only say that neither fits. @param error for an empty list */
export function oneOrMore<T>(schema: z.ZodType<T>, error: string): z.ZodType<T | T[]> {
  const list = z.array(schema).min(1, { error });
  return z.unknown().transform((value, context) => {
    const read: z.ZodSafeParseResult<T | T[]> = (Array.isArray(value) ? list : schema).safeParse(value);
    if (read.success) return read.data;
    for (const issue of read.error.issues)
      context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });
}
