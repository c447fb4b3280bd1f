import { RankwrightError } from "../types/index.js";

/**
 * An optional package, imported when it is needed.
 *
 * @param purpose What needs it, as in "reading Parquet files".
 * @throws RankwrightError MISSING_DEPENDENCY
 */
export async function importOptional<T>(
  packageName: string,
  purpose: string,
  importing: () => Promise<T>,
): Promise<T> {
  try {
    return await importing();
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw missingDependency(packageName, purpose, cause);
  }
}

export function missingDependency(packageName: string, purpose: string, cause: unknown): RankwrightError {
  const message = `${purpose} needs the package ${packageName}, which is not installed; npm install ${packageName}.`;
  return new RankwrightError("MISSING_DEPENDENCY", message, { field: packageName, cause });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
