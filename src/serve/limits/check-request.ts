import { RankwrightError } from "../../types/index.js";
import type { ServeRequest } from "../dialects/dialect.js";
import type { ServerLimits } from "./limits.js";

/**
 * Checks how much one body asks for.
 *
 * @throws RankwrightError REQUEST_TOO_LARGE
 */
export function checkRequests(requests: readonly ServeRequest[], limits: ServerLimits): void {
  const documents = requests.reduce((sum, request) => sum + request.documents.length, 0);
  if (documents > limits.documents) {
    refuse("documents.length", documents, `${limits.documents}; split them over several requests`);
  }
  for (const request of requests) {
    if (request.query.length > limits.queryCharacters) {
      refuse("query.length", request.query.length, `${limits.queryCharacters} characters; shorten it`);
    }
    request.documents.forEach(({ text, title = "" }, index) => {
      const length = text.length + title.length;
      if (length <= limits.documentCharacters) return;
      refuse(
        `documents[${index}].length`,
        length,
        `${limits.documentCharacters} characters; split the document`,
      );
    });
  }
}

function refuse(field: string, value: number, allowed: string): never {
  const message = `${field} is ${value}; this server takes at most ${allowed}`;
  throw new RankwrightError("REQUEST_TOO_LARGE", message, { field, value });
}
