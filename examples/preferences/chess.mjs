// Ratings of a chess club from its games: who is how strong, how sure that is, and who should play whom next.
// Run `node examples/preferences/chess.mjs` once the package is built.
import { cyclePairs, ELO_POINTS, fitBradleyTerry, selectPairs } from "../../dist/preference/index.js";

/** White, Black and White's points. Dora has won all of her games. */
const games = `
  Alma  Boris 1    Boris Cato  0.5  Cato  Dora  0    Dora  Emil  1    Emil  Alma  0
  Alma  Cato  0.5  Cato  Emil  1    Emil  Boris 0.5  Boris Dora  0    Dora  Alma  1
  Boris Alma  0    Alma  Emil  0.5  Cato  Boris 1    Emil  Cato  0    Fritz Emil  0.5
`;
const [, ...words] = games.split(/\s+/);
const comparisons = [];
for (let i = 0; i + 2 < words.length; i += 3)
  comparisons.push({ a: words[i], b: words[i + 1], probability: Number(words[i + 2]) });

// A draw is half a win for both; the small prior keeps Dora's rating finite.
const fit = fitBradleyTerry(comparisons, { lambda: 0.1 });
console.log(fit.connectivity.summary);

const places = new Map(fit.items.map((player, place) => [player, place]));
const errors = fit.standardErrors();
const first = fit.topProbabilities(1);
console.log("\nplayer   Elo  ±95 %  P(first)");
for (const { item: player, score } of fit.ranking()) {
  const place = places.get(player);
  const elo = Math.round(1500 + ELO_POINTS * score);
  const width = Math.round(1.96 * ELO_POINTS * errors[place]);
  const chance = `${Math.round(100 * first[place])} %`;
  console.log(
    `${player.padEnd(7)} ${String(elo).padStart(4)} ${String(width).padStart(6)} ${chance.padStart(9)}`,
  );
}

const { difference, interval } = fit.difference("Alma", "Boris");
console.log(
  `\nAlma beats Boris with probability ${fit.probability("Alma", "Boris").toFixed(2)}: ` +
    `${Math.round(ELO_POINTS * difference)} points between them, ` +
    `95 % from ${Math.round(ELO_POINTS * interval.lower)} to ${Math.round(ELO_POINTS * interval.upper)}`,
);

console.log("\nThe games that would tell most:");
for (const { a, b } of selectPairs(fit, { count: 3 })) console.log(`  ${a} – ${b}`);

console.log("\nA season of two cycles for eight players, each as often White as Black:");
const players = ["Alma", "Boris", "Cato", "Dora", "Emil", "Fritz", "Gerda", "Hugo"];
const season = cyclePairs(players.length, { cycles: 2, seed: 7 });
console.log(`  ${season.map(([white, black]) => `${players[white]}–${players[black]}`).join(", ")}`);
