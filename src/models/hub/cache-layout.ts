import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Variables of a process, injectable for tests. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of the first variable that is set and not empty. */
export function firstSet(env: Environment, ...names: readonly string[]): string | undefined {
  for (const name of names) if (env[name]) return env[name];
  return undefined;
}

/** `~` and `$NAME` / `${NAME}` as a shell would write them out; unknown names stay as they are. */
export function expandPath(path: string, env: Environment): string {
  const home = firstSet(env, "HOME", "USERPROFILE") ?? homedir();
  return path
    .replace(/^~(?=$|[/\\])/, () => home)
    .replace(/\$(?:(\w+)|\{([^}]+)\})/g, (whole, bare?: string, braced?: string) => {
      return env[bare ?? braced ?? ""] ?? whole;
    });
}

/** `$HF_HOME`, by default `~/.cache/huggingface`. */
export function hubHome(env: Environment): string {
  const home = firstSet(env, "HF_HOME");
  if (home !== undefined) return expandPath(home, env);
  return join(expandPath(firstSet(env, "XDG_CACHE_HOME") ?? "~/.cache", env), "huggingface");
}

/** The cache that Python's huggingface_hub uses under the same environment, absolute. */
export function hubCacheDir(env: Environment): string {
  const named = firstSet(env, "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE");
  return resolve(named === undefined ? join(hubHome(env), "hub") : expandPath(named, env));
}

/** Where the parts of one cached repository lie. Names must have passed `pathProblem`. */
export interface RepoPaths {
  readonly cacheDir: string;
  readonly root: string;
  readonly blobs: string;
  readonly snapshots: string;
  readonly refs: string;
  blob(etag: string): string;
  snapshot(commit: string): string;
  /** The place of a repository file at a commit: a link into `blobs`, or the file itself. */
  pointer(commit: string, file: string): string;
  ref(revision: string): string;
  /** An empty file here says that the repository has no such file at that commit. */
  noExist(commit: string, file: string): string;
  /** The list of all files at a commit, which only some versions of the Python client leave. */
  tree(commit: string): string;
  lock(etag: string): string;
}

/** Paths of `models--org--name` under a cache folder. */
export function repoPaths(cacheDir: string, id: string): RepoPaths {
  const folder = `models--${id.replaceAll("/", "--")}`;
  const root = join(cacheDir, folder);
  const at = (kind: string, ...rest: readonly string[]) => join(root, kind, ...rest);
  return {
    cacheDir,
    root,
    blobs: at("blobs"),
    snapshots: at("snapshots"),
    refs: at("refs"),
    blob: (etag) => at("blobs", etag),
    snapshot: (commit) => at("snapshots", commit),
    pointer: (commit, file) => at("snapshots", commit, ...file.split("/")),
    ref: (revision) => at("refs", ...revision.split("/")),
    noExist: (commit, file) => at(".no_exist", commit, ...file.split("/")),
    tree: (commit) => at("trees", `${commit}.json`),
    // Not `<etag>.lock`: Python holds that one by flock(2), which Node cannot take or see.
    lock: (etag) => join(cacheDir, ".locks", folder, `${etag}.rankwright.lock`),
  };
}
