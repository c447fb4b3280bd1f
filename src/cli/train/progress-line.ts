import type { TrainProgress } from "../../train/index.js";
import { VALIDATION, type ValidationWords } from "../../train/report/validation-words.js";
import { displayWidth } from "../terminal/display-text.js";
import { duration } from "../terminal/duration.js";
import { large } from "../terminal/units.js";

/**
 * How far a training is, in one line of at most `columns` where that can be: in words, in short words, or in
 * very short ones.
 *
 * @param words for what is measured on held-out data
 */
export function progressLine(
  now: TrainProgress,
  columns: number,
  words: ValidationWords = VALIDATION.ranking,
): string {
  const lines = [inWords(now, words.name), inShort(now, words.short), inLeast(now, words.shortest)];
  return lines.find((line) => displayWidth(line) <= columns) ?? (lines.at(-1) as string);
}

function inWords(now: TrainProgress, name: string): string {
  const { step, done, loss, learningRate, tokensPerSecond, timeLeft, validation } = now;
  return [
    `step ${step}`,
    `${(100 * done).toFixed(1)} %`,
    `loss ${loss.toFixed(4)}`,
    ...(validation === undefined ? [] : [`${name} ${validation.toFixed(4)}`]),
    `rate ${rateText(learningRate)}`,
    `${Math.round(tokensPerSecond)} tokens/s`,
    `${duration(timeLeft)} left`,
  ].join(" · ");
}

function inShort(now: TrainProgress, name: string): string {
  const { step, done, loss, learningRate, tokensPerSecond, timeLeft, validation } = now;
  return [
    `step ${step}`,
    `${Math.floor(100 * done)} %`,
    `loss ${loss.toFixed(3)}`,
    ...(validation === undefined ? [] : [`${name} ${validation.toFixed(3)}`]),
    `rate ${rateText(learningRate)}`,
    `${large(Math.round(tokensPerSecond))} tok/s`,
    duration(timeLeft),
  ].join(" · ");
}

function inLeast(now: TrainProgress, name: string): string {
  const { done, loss, learningRate, tokensPerSecond, timeLeft, validation } = now;
  return [
    `${Math.floor(100 * done)}%`,
    `loss ${loss < 1000 ? loss.toFixed(3) : loss.toExponential(1)}`,
    ...(validation === undefined ? [] : [`${name} ${validation.toFixed(3)}`]),
    `rate ${rateText(learningRate, 0)}`,
    `${large(Number(Math.round(tokensPerSecond).toPrecision(2))).replace(" ", "")} tok/s`,
    duration(timeLeft),
  ].join(" ");
}

/** `1.9e-5`, `0`. */
export function rateText(rate: number, digits = 1): string {
  return rate === 0 ? "0" : rate.toExponential(digits);
}
