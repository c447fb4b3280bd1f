import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const HERE = new URL(".", import.meta.url);

/** Installs this folder's dependencies from its lock file, unless they are there. Returns the peer's version. */
export function installPeer() {
  const { dependencies } = json("package.json");
  const wanted = dependencies["@huggingface/transformers"];
  const missing = Object.keys(dependencies).filter((name) => installedVersion(name) !== dependencies[name]);
  if (missing.length > 0) {
    process.stderr.write(`installing ${missing.join(" and ")} into bench/node_modules\n`);
    const npm = process.env.npm_execpath;
    const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
    const { status } = spawnSync(command, [...first, "ci", "--ignore-scripts"], {
      cwd: HERE,
      stdio: ["ignore", "ignore", "inherit"],
      shell: npm === undefined && process.platform === "win32",
    });
    if (status !== 0) throw new Error("npm ci failed in bench/; the peer is needed for every ratio");
  }
  return { version: wanted, runtime: json("node_modules/onnxruntime-node/package.json").version };
}

function installedVersion(/** @type {string} */ name) {
  try {
    return json(`node_modules/${name}/package.json`).version;
  } catch {
    return undefined;
  }
}

function json(path) {
  return JSON.parse(readFileSync(new URL(path, HERE), "utf8"));
}
