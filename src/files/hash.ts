const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** A 32-bit hash of bytes (FNV-1a), mixed so that its low bits depend on all of them. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = OFFSET;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, PRIME);
  return mix(hash);
}

/** The same of the UTF-16 units of a text. Other seeds give other hashes. */
export function hashText(text: string, seed = 0): number {
  let hash = OFFSET ^ seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return mix(hash);
}

function mix(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
