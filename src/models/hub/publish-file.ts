import { constants } from "node:fs";
import { copyFile, mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { RepoPaths } from "./cache-layout.js";
import { onDisk, systemCode, uniqueSuffix } from "./disk.js";

export interface FileToPublish {
  readonly commit: string;
  /** Slash path in the repository. */
  readonly file: string;
  readonly etag: string;
  /** Whether this process has just written the blob, so that nothing else can refer to it. */
  readonly fresh: boolean;
}

/**
 * Makes a blob visible as a file of a snapshot: by a relative link, or where links are impossible by
 * moving a fresh blob and copying any other. The final name appears in one step.
 */
export async function publishFile(
  paths: RepoPaths,
  { commit, file, etag, fresh }: FileToPublish,
  symlinks: boolean,
): Promise<void> {
  const blob = paths.blob(etag);
  const pointer = paths.pointer(commit, file);
  const temporary = join(paths.blobs, `${etag}.${uniqueSuffix()}.incomplete`);
  await onDisk(pointer, async () => {
    await mkdir(dirname(pointer), { recursive: true });
    if (symlinks && (await tryLink(relative(dirname(pointer), blob), temporary))) {
      await rename(temporary, pointer);
    } else if (fresh) {
      await rename(blob, pointer);
    } else {
      try {
        await copyFile(blob, temporary, constants.COPYFILE_FICLONE);
        await rename(temporary, pointer);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    }
  });
}

const NO_LINKS = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EINVAL", "UNKNOWN"]);

/** False where the file system or the user's rights do not allow links. */
async function tryLink(target: string, path: string): Promise<boolean> {
  try {
    await symlink(target, path);
    return true;
  } catch (error) {
    if (NO_LINKS.has(systemCode(error) ?? "")) return false;
    throw error;
  }
}
