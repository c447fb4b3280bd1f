import type { Document } from "../../types/index.js";

/** How a prompt shows a document: its title before its text, as RankGPT does. */
export function documentText({ title, text }: Document): string {
  return title === undefined || title.trim() === "" ? text : `Title: ${title} Content: ${text}`;
}
