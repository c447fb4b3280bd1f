import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { downloadMeter } from "./download-meter.js";
import { createProgress } from "./progress.js";

function scene(terminal: boolean, columns?: number) {
  const stream = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: terminal, columns });
  const clock = { ms: 0 };
  const progress = createProgress(stream, () => clock.ms);
  return { progress, clock, written: () => stream.read() ?? "" };
}

describe("createProgress on a terminal", () => {
  it("draws over one line, at once when the work changes, else ten times a second", () => {
    const { progress, clock, written } = scene(true);
    progress.update({ text: "load m" });
    progress.update({ text: "score", done: 1, total: 8 });
    progress.update({ text: "score", done: 2, total: 8 });
    clock.ms = 100;
    progress.update({ text: "score", done: 3, total: 8 });
    progress.end();
    progress.end();
    expect(written()).toBe("\rload m\x1b[K\rscore 1 of 8 (12 %)\x1b[K\rscore 3 of 8 (37 %)\x1b[K\r\x1b[K");
  });

  it("stays within the line and shows names without their control characters", () => {
    const { progress, written } = scene(true, 12);
    progress.update({ text: "load \x1b[2Jmodel-of-mine" });
    expect(written()).toBe("\rload model…\x1b[K");
  });
});

describe("createProgress elsewhere", () => {
  it("writes nothing about quick work and a line every three seconds about slow work", () => {
    const { progress, clock, written } = scene(false);
    const meter = downloadMeter(progress, "org/model");
    meter("config.json", 500, 500);
    expect(written()).toBe("");
    clock.ms = 3000;
    meter("model.safetensors", 45_000_000, 90_000_000);
    clock.ms = 5999;
    meter("model.safetensors", 80_000_000, 90_000_000);
    clock.ms = 6000;
    meter("model.safetensors", 90_000_000, 90_000_000);
    progress.end();
    expect(written()).toBe(
      "download org/model 45 MB of 90 MB (50 %)\ndownload org/model 90 MB of 90 MB (100 %)\n",
    );
  });

  it("leaves the total out while a file's size is unknown", () => {
    const { progress, clock, written } = scene(false);
    clock.ms = 3000;
    downloadMeter(progress, "m")("tokenizer.json", 1000, undefined);
    expect(written()).toBe("download m 1 kB\n");
  });
});
