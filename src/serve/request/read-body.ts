import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { abortedError } from "../../files/aborted-error.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Place } from "../limits/admission.js";
import { Lanes } from "../limits/lanes.js";
import type { ServerLimits } from "../limits/limits.js";

const DECOMPRESS = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** As many as Node has threads for it; more at once would not be faster and take more memory. */
const lanes = new Lanes(4);

/**
 * Reads a body, counting while it comes in: what is too long, or too slow, is given up at once. Compressed
 * bodies (gzip, deflate, br) are bounded by what they become.
 *
 * @throws RankwrightError REQUEST_TOO_LARGE, REQUEST_TIMEOUT, OVERLOADED, INVALID_REQUEST, or ABORTED when
 * the caller leaves before the end
 */
export async function readBody(
  request: Request,
  place: Place,
  { bodyBytes, bodyMs }: Pick<ServerLimits, "bodyBytes" | "bodyMs">,
): Promise<Uint8Array> {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() || "identity";
  if (encoding !== "identity" && !Object.hasOwn(DECOMPRESS, encoding)) {
    const mend = `send it as it is, or with ${Object.keys(DECOMPRESS).join(", ")}`;
    throw new RankwrightError("INVALID_REQUEST", `Content-Encoding is ${show(encoding)}; ${mend}`, {
      field: "content-encoding",
      value: encoding,
    });
  }
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > bodyBytes) throw tooLarge(bodyBytes, announced);
  const bytes = await collect(request, place, bodyBytes, bodyMs);
  if (encoding === "identity") return bytes;
  return decompress(bytes, encoding as keyof typeof DECOMPRESS, place, bodyBytes);
}

async function collect(request: Request, place: Place, most: number, bodyMs: number): Promise<Uint8Array> {
  const { body, signal } = request;
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const giveUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(bodyMs)), bodyMs);
    onAbort = () => reject(abortedError(signal));
    signal.addEventListener("abort", onAbort);
  });
  // Nobody may be waiting for it when the time is up.
  giveUp.catch(() => undefined);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), giveUp]);
      if (done) break;
      length += value.byteLength;
      if (length > most) throw tooLarge(most);
      place.hold(value.byteLength);
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => undefined);
    if (RankwrightError.isInstance(error)) throw error;
    // The connection broke while the body was on its way.
    throw signal.aborted
      ? abortedError(signal)
      : new RankwrightError("ABORTED", "The body ended too early.", { cause: error });
  } finally {
    clearTimeout(timer);
    if (onAbort) signal.removeEventListener("abort", onAbort);
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks, length);
}

async function decompress(
  bytes: Uint8Array,
  encoding: keyof typeof DECOMPRESS,
  place: Place,
  most: number,
): Promise<Uint8Array> {
  try {
    const whole = await lanes.run(() => DECOMPRESS[encoding](bytes, { maxOutputLength: most }));
    place.hold(whole.byteLength);
    return whole;
  } catch (error) {
    if (RankwrightError.isInstance(error)) throw error;
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(most);
    throw new RankwrightError(
      "INVALID_REQUEST",
      `the body is not valid ${encoding}; compress it again, or send it as it is`,
      { field: "content-encoding", value: encoding, cause: error },
    );
  }
}

function tooLarge(most: number, announced?: number): RankwrightError {
  const length = announced === undefined ? "longer" : `${announced} bytes long`;
  const message = `the body is ${length}; this server takes at most ${most} bytes, so send fewer documents at once`;
  return new RankwrightError("REQUEST_TOO_LARGE", message, { field: "body", value: announced });
}

function tooSlow(ms: number): RankwrightError {
  const message = `the body had not arrived after ${ms} ms; send it faster, or fewer documents at once`;
  return new RankwrightError("REQUEST_TIMEOUT", message, { field: "body" });
}
