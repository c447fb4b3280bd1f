/** Why a request did not get through: the operating system's word where there is one, which `fetch` hides in causes. */
export function networkReason(error: unknown): string {
  let text = "network error";
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    text = "code" in at && typeof at.code === "string" ? at.code : at.message || text;
  }
  return text;
}
