/** Characters that a reader, or `NFKC`, takes for square brackets. */
export const OPENING = "[［【〔〖〚⟦⁅❲﹝︹︻";
export const CLOSING = "]］】〕〗〛⟧⁆❳﹞︺︼";

/** The inside of a character class, with what has a meaning there escaped. */
export function inClass(characters: string): string {
  return characters.replace(/[\\\]^[-]/g, "\\$&");
}

/** White space, and the two invisible joiners that some scripts cannot do without. */
export const GAP = "[\\s\\u200c\\u200d]*";
