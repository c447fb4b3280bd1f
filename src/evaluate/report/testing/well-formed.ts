/** What a page consists of. */
export interface PageContents {
  readonly elements: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  /** Text between tags, entities resolved. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/**
 * Reads a page as strict XML with five entities and throws at the first thing that is not: a stray `<` or `&`,
 * an unquoted or repeated attribute, a tag that closes another one, a forbidden character.
 */
export function readWellFormed(page: string): PageContents {
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const open: string[] = [];
  let text = "";
  const body = page.replace(/^<!doctype html>\n/, "");
  const token = /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|[^<]+|</gi;
  for (const [whole, closes, name, list, alone] of body.matchAll(token)) {
    if (whole === "<") throw new Error(`a stray "<" after ${JSON.stringify(text.slice(-60))}`);
    if (name === undefined) {
      text += resolve(whole);
    } else if (closes) {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> closes <${expected}>`);
    } else {
      elements.add(name);
      const seen = new Set<string>();
      for (const [, attribute, value] of (list ?? "").matchAll(/([\w-]+)="([^"]*)"/g)) {
        if (seen.has(attribute as string)) throw new Error(`<${name}> has two attributes ${attribute}`);
        seen.add(attribute as string);
        attributes.add(attribute as string);
        resolve(value as string);
      }
      if (!alone) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`);
  return { elements, attributes, text };
}

function resolve(text: string): string {
  const forbidden = text.match(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFFFE\uFFFF]/);
  if (forbidden || !text.isWellFormed())
    throw new Error(`a forbidden character in ${JSON.stringify(text.slice(0, 80))}`);
  return text.replace(/&[^;\s]*;?/g, (entity) => {
    const character = ENTITIES[entity];
    if (character === undefined) throw new Error(`an unknown entity ${entity}`);
    return character;
  });
}
