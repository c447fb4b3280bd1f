import { describe, expect, it } from "vitest";
import { distinctDocuments } from "./distinct-documents.js";

describe("distinctDocuments", () => {
  it("groups candidates by title and text, whatever their ids", () => {
    const documents = [
      { text: "a", id: "1" },
      { text: "b" },
      { text: "a", id: "2", metadata: { page: 3 } },
      { text: "a", title: "t" },
      { text: "a", title: "" },
      { text: "a", title: "t" },
    ];
    expect(distinctDocuments(documents)).toEqual({
      distinct: [documents[0], documents[1], documents[3], documents[4]],
      candidates: [[0, 2], [1], [3, 5], [4]],
    });
  });

  it("is not fooled by a title that continues in the text", () => {
    const documents = [
      { title: "ab", text: "c" },
      { title: "a", text: "bc" },
    ];
    expect(distinctDocuments(documents).distinct).toHaveLength(2);
  });
});
