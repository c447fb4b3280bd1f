/** Why a name cannot be a file inside a repository or cache folder, or `undefined` when it can. */
export function pathProblem(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.length > 1024) return "is longer than 1024 characters";
  if (/[\u0000-\u001f\u007f]/.test(name)) return "holds a control character";
  if (name.includes("\\")) return "holds a backslash";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) return "is absolute";
  const parts = name.split("/");
  if (parts.includes("..") || parts.includes(".")) return "holds a relative step";
  if (parts.includes("")) return "holds an empty step";
  return undefined;
}
