import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFile } from "../../files/write-file.js";
import { RankwrightError } from "../../types/index.js";
import { PACKAGE_VERSION } from "../package-version.js";
import { type Int8Report, int8Problems } from "./int8-report.js";

/** File beside the weights which says that int8 was checked, and how it did. */
export const INT8_RECORD = "int8_check.json";

/**
 * Approves int8 for a model folder: writes the report with the bounds it keeps to `int8_check.json`. The weights
 * stay as they are, because int8 is made of them when a model is loaded; the record names their sha256 and the
 * version of this package, whose calibration was looked at.
 *
 * @throws RankwrightError INT8_LOSS_TOO_LARGE beyond a bound (an older record is then removed), DISK_FULL, WRITE_FAILED
 */
export async function approveInt8(folder: string, report: Int8Report): Promise<void> {
  const path = join(folder, INT8_RECORD);
  const problems = int8Problems(report);
  if (problems.length > 0) {
    await rm(path, { force: true });
    throw new RankwrightError(
      "INT8_LOSS_TOO_LARGE",
      `${folder}: ${problems.join(" and ")} (${report.lists} validation lists, int8 against float32); use float32`,
      { field: "int8", value: report },
    );
  }
  const record = { ...report, rankwright: PACKAGE_VERSION };
  await writeFile(path, `${JSON.stringify(record, null, 2)}\n`);
}
