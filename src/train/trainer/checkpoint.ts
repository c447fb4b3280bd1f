import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeError } from "../../files/write-error.js";
import { writeFile } from "../../files/write-file.js";
import { openCheckpoint, writeSafetensors } from "../../models/safetensors/index.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Tensors, TrainingState } from "../step/index.js";
import type { Progress } from "./progress.js";

const STATE = "model.safetensors";
const PROGRESS = "progress.json";
const NAME = /^step-(\d+)$/;
/** Older ones are removed: the last may be torn by a full disk, never two. */
const KEPT = 2;

const KINDS = ["weights", "firstMoments", "secondMoments", "averages"] as const;

/** A state that a training continues from bit for bit, and how far it was. */
export interface SavedTraining {
  readonly state: TrainingState;
  readonly progress: Progress;
}

/**
 * Writes a checkpoint into `folder/step-<n>`. It appears under its name only when it is complete; the one
 * before stays until then.
 *
 * @param shapes of every parameter, by name
 * @throws RankwrightError DISK_FULL, WRITE_FAILED; the checkpoint before is then still there
 */
export async function saveCheckpoint(
  folder: string,
  { state, progress }: SavedTraining,
  shapes: ReadonlyMap<string, readonly number[]>,
): Promise<void> {
  const final = join(folder, `step-${state.steps}`);
  const draft = `${final}.tmp`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    const tensors = KINDS.flatMap((kind) =>
      [...(state[kind] ?? [])].map(([name, data]) => ({
        name: `${kind}/${name}`,
        shape: shapes.get(name) as readonly number[],
        data,
      })),
    );
    await writeSafetensors(join(draft, STATE), tensors);
    await writeFile(join(draft, PROGRESS), `${JSON.stringify(progress)}\n`);
    await rm(final, { recursive: true, force: true });
    await rename(draft, final);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw writeError(final, error, "out");
  }
  const old = (await checkpointSteps(folder)).slice(0, -KEPT);
  for (const step of old) await rm(join(folder, `step-${step}`), { recursive: true, force: true });
}

/** The last complete checkpoint in a folder; undefined where there is none. */
export async function loadCheckpoint(folder: string): Promise<SavedTraining | undefined> {
  const last = (await checkpointSteps(folder)).at(-1);
  if (last === undefined) return undefined;
  const place = join(folder, `step-${last}`);
  const file = await openCheckpoint(place);
  try {
    const kinds = new Map<string, Map<string, Float32Array>>(KINDS.map((kind) => [kind, new Map()]));
    for (const name of file.names()) {
      const slash = name.indexOf("/");
      kinds.get(name.slice(0, slash))?.set(name.slice(slash + 1), await file.read(name));
    }
    const of = (kind: (typeof KINDS)[number]) => kinds.get(kind) as Tensors;
    const state: TrainingState = {
      steps: last,
      weights: of("weights"),
      firstMoments: of("firstMoments"),
      secondMoments: of("secondMoments"),
      ...(of("averages").size > 0 && { averages: of("averages") }),
    };
    return { state, progress: await readProgress(place) };
  } finally {
    await file.close();
  }
}

async function readProgress(place: string): Promise<Progress> {
  const path = join(place, PROGRESS);
  try {
    return JSON.parse(await readFile(path, "utf8")) as Progress;
  } catch (cause) {
    throw new RankwrightError(
      "INVALID_CHECKPOINT",
      `${path} cannot be read (${show(String(cause))}); remove ${place} to go on from the checkpoint before`,
      { field: "resume", value: place, cause },
    );
  }
}

async function checkpointSteps(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  const steps = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  return steps.sort((a, b) => a - b);
}
