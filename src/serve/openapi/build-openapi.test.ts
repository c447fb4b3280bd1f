import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Router } from "../routing.js";
import { buildOpenApi } from "./build-openapi.js";

const { dialects } = new Router({});
// A committed document must not change with every release.
const document = buildOpenApi({ dialects, version: "0" }) as {
  readonly paths: Readonly<Record<string, { readonly post?: { readonly operationId: string } }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

describe("the OpenAPI document", () => {
  it("stands in docs/openapi.json; vitest --update writes it", async () => {
    const page = join(import.meta.dirname, "../../../docs/openapi.json");
    await expect(pretty(document)).toMatchFileSnapshot(page);
  });

  it("refers to schemas that are there, and names every operation once", () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
    const names = new Set(references.map((match) => match[1] as string));
    expect([...names].sort()).toEqual(Object.keys(document.components.schemas).sort());
    const operations = Object.values(document.paths).flatMap(({ post }) => post?.operationId ?? []);
    expect(new Set(operations).size).toBe(operations.length);
  });

  it("names the dialects that share a path, and not those that only their prefix chooses", () => {
    const shared = JSON.stringify(document.paths["/v1/rerank"]);
    expect(shared).toContain("VoyageRequest");
    expect(shared).toContain("SupersetRequest");
    expect(shared).not.toContain("JinaRequest");
    expect(JSON.stringify(document.paths["/jina/v1/rerank"])).toContain("JinaRequest");
  });
});

/** As the formatter of this repository prints JSON: lists of words on one line where they fit. */
function pretty(value: object): string {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return text.replace(/\[\s+((?:(?:"[^"]*"|null),?\s+)+)\]/g, (broken, items: string, at: number) => {
    const line = `[${items.trim().replace(/\s+/g, " ")}]`;
    const column = at - text.lastIndexOf("\n", at);
    return column + line.length <= 110 ? line : broken;
  });
}
