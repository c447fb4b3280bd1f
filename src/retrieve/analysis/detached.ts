/**
 * An equal string that does not keep a longer one alive: V8 makes slices of 13 characters and more as views
 * of the text that they come from.
 */
export function detached(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, "utf16le").toString("utf16le");
}
