import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { DATA } from "./places.mjs";

/** The records of a compressed JSON Lines file below RANKWRIGHT_DATASETS. */
export async function* records(file) {
  for await (const line of createInterface({
    input: createReadStream(join(DATA, file)).pipe(createGunzip()),
  })) {
    yield JSON.parse(line);
  }
}
