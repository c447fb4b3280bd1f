import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Converted graphs of a test run go to a folder of its own, never to the user's cache. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "rankwright-tests-"));
  process.env.RANKWRIGHT_CACHE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
