import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, html } from "./html.js";
import { readWellFormed } from "./testing/well-formed.js";

describe("html", () => {
  it("escapes text, keeps markup, joins lists and drops what is not there", () => {
    const inner = html`<b title="${'"'}">${"<&>"}</b>`;
    expect(html`<p>${inner}${["a", inner]}${null}${false}</p>`.text).toBe(
      '<p><b title="&quot;">&lt;&amp;&gt;</b>a<b title="&quot;">&lt;&amp;&gt;</b></p>',
    );
  });

  it("writes numbers with at most two decimals and refuses those that are none", () => {
    expect(html`${1 / 3} ${-0.001} ${12}`.text).toBe("0.33 0 12");
    expect(() => html`${Number.NaN}`).toThrow("a coordinate of the report is NaN");
  });

  it("makes any text safe as content and as attribute", () => {
    const markup = fc.string({
      unit: fc.constantFrom("<", ">", "&", '"', "'", "/", ";", "=", "a", "\0"),
      maxLength: 20,
    });
    const any = fc.oneof(markup, fc.string({ unit: "binary", maxLength: 20 }));
    fc.assert(
      fc.property(any, (text) => {
        const page = readWellFormed(html`<p title="${text}">${text}</p>`.text);
        expect([...page.elements]).toEqual(["p"]);
        expect([...page.attributes]).toEqual(["title"]);
      }),
    );
  });

  it("keeps ordinary text as it is and takes overrides of the writing direction out", () => {
    expect(escapeText("naïve 漢字 عربي 🦊\n")).toBe("naïve 漢字 عربي 🦊\n");
    expect(escapeText("a\u202Eb\u0000\ud800")).toBe("a\uFFFDb\uFFFD\uFFFD");
  });
});
