import { RankwrightError, show } from "../../types/index.js";
import { pathProblem } from "./safe-path.js";

/** A repository on the hub at a revision. */
export interface ModelReference {
  /** `org/name`, or `name` for the few repositories without an organisation. */
  readonly id: string;
  /** Branch, tag or 40-hex commit. */
  readonly revision: string;
}

const PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?";
const REPOSITORY = new RegExp(`^(?:${PART}/)?${PART}$`);

/** Whether a revision is a full commit hash, whose files can never change. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/**
 * Reads `org/name`, `name` or either with `@revision`.
 * @throws MODEL_NOT_FOUND for what no hub could hold, INVALID_OPTION for a bad or contradictory revision.
 */
export function parseModelReference(text: string, revisionOption?: string): ModelReference {
  const at = text.indexOf("@");
  const id = at < 0 ? text : text.slice(0, at);
  const suffix = at < 0 ? undefined : text.slice(at + 1);
  if (!REPOSITORY.test(id) || id.length > 96 || /--|\.\.|\.git$/.test(id)) {
    throw new RankwrightError("MODEL_NOT_FOUND", `model ${show(text)} ${whyNot(text, id)}`, {
      field: "model",
      value: text,
    });
  }
  if (suffix !== undefined && revisionOption !== undefined && suffix !== revisionOption) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `model ${show(text)} names a revision and option revision is ${show(revisionOption)}: give one of them`,
      { field: "revision", value: revisionOption },
    );
  }
  const revision = suffix ?? revisionOption ?? "main";
  const problem = pathProblem(revision);
  if (problem !== undefined) {
    throw new RankwrightError(
      "INVALID_OPTION",
      `revision ${show(revision)} ${problem}: give a branch, a tag or a commit hash`,
      { field: "revision", value: revision },
    );
  }
  return { id, revision };
}

function whyNot(text: string, id: string): string {
  const url = /^https?:\/\/[^/]+\/([^/]+\/[^/?#]+)/.exec(text);
  if (url !== null) return `is an address: give the repository alone, ${show(url[1])}`;
  if (/^[./~\\]|^[A-Za-z]:|\\/.test(id) || id.split("/").length > 2) {
    return "is not an existing folder: check the path, or give a hub repository as org/name";
  }
  return "is neither an existing folder nor a hub repository name: give ./folder or org/name[@revision]";
}
