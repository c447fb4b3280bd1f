import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("child.mjs", import.meta.url));

/** The parent's end of one contestant's process. */
export class Contestant {
  #child;
  /** @type {{ resolve: (reply: any) => void, reject: (error: Error) => void } | undefined} */
  #waiting;
  /** Times of its start: startMs, importMs, loadMs; and cpuMs, the processor time that they took. */
  startup;

  /** @param {{ spec: object, cache: string }} options cache: where rankwright keeps converted models */
  static async start({ spec, cache }) {
    const contestant = new Contestant();
    contestant.#child = fork(CHILD, [JSON.stringify(spec)], {
      env: { ...process.env, RANKWRIGHT_CACHE: cache },
    });
    contestant.#child.on("message", (reply) => contestant.#receive(reply));
    contestant.#child.on("exit", (code, signal) => {
      contestant.#waiting?.reject(
        new Error(`a contestant ended (${signal ?? code}): ${JSON.stringify(spec)}`),
      );
    });
    contestant.startup = await contestant.#reply();
    return contestant;
  }

  ask(command, options = {}) {
    this.#child.send({ command, ...options });
    return this.#reply();
  }

  async stop() {
    const child = this.#child;
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await ended;
  }

  #reply() {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  #receive(reply) {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (reply.error === undefined) waiting?.resolve(reply);
    else waiting?.reject(new Error(reply.error));
  }
}
