import { type FileHandle, open } from "node:fs/promises";
import type { Warning } from "../../types/index.js";
import type { TornLine } from "./read-journal.js";

/** Takes what a crash left of the last line out of a journal; first it is kept elsewhere. */
export async function putAside(
  file: FileHandle,
  path: string,
  { line, offset, bytes }: TornLine,
): Promise<Warning> {
  const aside = await open(`${path}.torn`, "a");
  try {
    await aside.appendFile(Buffer.concat([bytes, Buffer.from("\n")]));
    await aside.datasync();
  } finally {
    await aside.close();
  }
  await file.truncate(offset);
  const message = `${path}, line ${line} was cut short by a crash; its ${bytes.length} bytes were put aside in ${path}.torn, and its question is asked again.`;
  return { code: "torn_line", message };
}

/** A last line that is whole but for its line end gets one. @returns the size of the file */
export async function closeLastLine(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  if (size === 0) return 0;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer[0] === 0x0a) return size;
  await file.appendFile("\n");
  return size + 1;
}
