import { createHash } from "node:crypto";
import { Gate } from "./gate.js";

const gates = new Map<string, Gate>();

/**
 * The gate that all clients of one endpoint with one key share. Ask for it again with each call: gates that
 * nobody needs are forgotten.
 */
export function gateOf(address: string, key: string | undefined, now: number): Gate {
  const name = createHash("sha256")
    .update(JSON.stringify([address, key]))
    .digest("base64");
  let gate = gates.get(name);
  if (gate === undefined) {
    for (const [other, each] of gates) if (each.isIdle(now)) gates.delete(other);
    gate = new Gate();
    gates.set(name, gate);
  }
  return gate;
}
