#!/usr/bin/env node
import { endBySignal, INTERRUPTED, processIo } from "./io.js";
import { run } from "./run.js";

process.exitCode = await run(process.argv.slice(2), processIo());
// Interrupted work that has not noticed yet would keep the process alive.
if (process.exitCode === INTERRUPTED) setTimeout(endBySignal, 100).unref();
