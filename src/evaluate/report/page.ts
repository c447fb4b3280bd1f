import { clip } from "./clip.js";
import type { Section } from "./figure.js";
import { html, Markup } from "./html.js";
import { STYLE } from "./style.js";

export interface Page {
  readonly title: string;
  /** Everything above the first section. */
  readonly heading: Markup;
  readonly sections: readonly Section[];
}

/** An HTML page that needs neither network nor scripts; a content security policy forbids both. */
export function renderPage({ title, heading, sections }: Page): string {
  const page = html`<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${clip(title, 200)}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
${heading}
${sections.map(rendered)}
</main>
</body>
</html>
`;
  return `<!doctype html>\n${page.text}`;
}

/** The way to each section. */
export function sectionLinks(sections: readonly Section[]): Markup {
  return html`<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}</nav>`;
}

function rendered({ id, title, body }: Section): Markup {
  return html`<section id="${id}">
<h2>${title}</h2>
${body}
</section>
`;
}
