import { describe, expect, it } from "vitest";
import { importOptional } from "./import-optional.js";

describe("importOptional", () => {
  it("gives the package", async () => {
    const path = await importOptional("node:path", "joining", () => import("node:path"));
    expect(path.join("a", "b")).toMatch(/a.b/);
  });

  it("says how to install a package that is missing", async () => {
    const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    const importing = () => Promise.reject(missing);
    await expect(importOptional("hyparquet", "reading Parquet files", importing)).rejects.toMatchObject({
      code: "MISSING_DEPENDENCY",
      field: "hyparquet",
      message:
        "reading Parquet files needs the package hyparquet, which is not installed; npm install hyparquet.",
    });
  });

  it("hides no other failure", async () => {
    const broken = new SyntaxError("unexpected token");
    await expect(importOptional("a", "b", () => Promise.reject(broken))).rejects.toBe(broken);
  });
});
