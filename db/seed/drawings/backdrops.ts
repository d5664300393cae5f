import { HEIGHT, round, WIDTH } from "./canvas.ts";
import { between, pick } from "./seeded-random.ts";

export interface Backdrop {
  defs: string;
  body: string;
}

const SKIES = [
  ["#f9dcae", "#fdf0d5"],
  ["#f4cfa0", "#fbe9cc"],
  ["#b5d9ea", "#f7efd9"],
  ["#9fcfe6", "#eef3df"],
  ["#c4dfe0", "#faecc9"],
  ["#f3c9a4", "#f6e6c8"],
] as const;
const HILLS = [
  ["#b9c39a", "#92a871", "#6d8b52"],
  ["#c9bb8d", "#a3a565", "#74884a"],
  ["#a3c4b4", "#7ba981", "#4f8650"],
  ["#b7cf8e", "#86b062", "#528a45"],
  ["#d3ae83", "#b79a5e", "#7f8447"],
] as const;
const WOODS = [
  ["#b9824f", "#8a572e"],
  ["#a9744a", "#774a2b"],
  ["#c69a68", "#96683c"],
  ["#8f6a4c", "#64452e"],
] as const;
const CLOTHS = ["#efe4cd", "#e3d3b4", "#d8ddc4", "#ecd9c4", "#cfd8d6"] as const;

/** Terraced hills in the morning, out of focus, behind a table whose edge is at `horizon`. */
export function hillsAndTable(next: () => number, horizon: number): Backdrop {
  const hills = hillsBehind(next, horizon);
  const table = woodenTop(next, horizon);
  return { defs: hills.defs + table.defs, body: hills.body + table.body };
}

/** The same hills behind a meadow, for animals. */
export function hillsAndMeadow(next: () => number, horizon: number): Backdrop {
  const hills = hillsBehind(next, horizon);
  const tufts = Array.from({ length: 90 }, () => {
    const y = between(next, horizon + 30, HEIGHT);
    const x = between(next, 0, WIDTH);
    const tall = 10 + (y - horizon) * 0.07;
    return `<path d="M${round(x)} ${round(y)}q${round(-tall * 0.3)} ${round(-tall * 0.6)} ${round(-tall * 0.6)} ${round(-tall)}M${round(x)} ${round(y)}q2 ${round(-tall * 0.7)} ${round(tall * 0.2)} ${round(-tall * 1.2)}M${round(x)} ${round(y)}q${round(tall * 0.3)} ${round(-tall * 0.5)} ${round(tall * 0.7)} ${round(-tall * 0.9)}" stroke="${pick(next, ["#5d8a3a", "#86ab4f", "#a3bd60", "#4f7a35"])}" stroke-width="4" stroke-linecap="round" fill="none" opacity=".75"/>`;
  });
  const defs = `<linearGradient id="meadow" x2="0" y2="1"><stop offset="0" stop-color="#a8bd62"/><stop offset="1" stop-color="#5f8a3c"/></linearGradient>`;
  const ground = `<path d="M0 ${horizon + 16}Q${WIDTH * 0.4} ${horizon - 26} ${WIDTH} ${horizon + 10}V${HEIGHT}H0Z" fill="url(#meadow)"/>`;
  return { defs: hills.defs + defs, body: hills.body + ground + tufts.join("") };
}

/** A table or a cloth seen from above, filling the picture. */
export function fromAbove(next: () => number): Backdrop {
  if (next() < 0.55) return woodenTop(next, 0);
  const cloth = pick(next, CLOTHS);
  const fold = between(next, -0.25, 0.25);
  const folds = Array.from({ length: 5 }, (_, index) => {
    const x = index * 300 + between(next, -80, 80);
    return `<path d="M${round(x)} -20q${round(80 * fold + 30)} 480 ${round(300 * fold)} 1000" stroke="url(#fold)" stroke-width="${round(between(next, 50, 130))}" fill="none" opacity=".5" filter="url(#soft)"/>`;
  });
  const defs = `<pattern id="linen" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${cloth}"/><path d="M0 2h8M0 6h8" stroke="#fff" stroke-opacity=".22"/><path d="M2 0v8M6 0v8" stroke="#6a4e35" stroke-opacity=".09"/></pattern>
<linearGradient id="fold"><stop offset="0" stop-color="#6a4e35" stop-opacity=".3"/><stop offset="1" stop-color="#fff" stop-opacity=".5"/></linearGradient><filter id="soft" color-interpolation-filters="sRGB" x="-50%" width="200%"><feGaussianBlur stdDeviation="22"/></filter>`;
  return { defs, body: `<rect width="1280" height="960" fill="url(#linen)"/>${folds.join("")}` };
}

function hillsBehind(next: () => number, horizon: number): Backdrop {
  const [high, low] = pick(next, SKIES);
  const greens = pick(next, HILLS);
  const layers = greens.map((green, index) => {
    const top = horizon - 210 + index * 75;
    return `<path d="${ridge(next, top, 70 - index * 14)}V${HEIGHT}H-60Z" fill="${green}"/>${terraces(next, top, index)}`;
  });
  const hills = layers.join("");
  // Blurring fades at the picture's edge; the sharp hills beneath fill what fades.
  const sun = `<circle cx="${round(between(next, 160, 560))}" cy="${round(between(next, 60, 190))}" r="230" fill="url(#sun)"/>`;
  const defs = `<linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="${high}"/><stop offset="1" stop-color="${low}"/></linearGradient>
<radialGradient id="sun"><stop offset="0" stop-color="#fffbe8"/><stop offset=".25" stop-color="#fff2c9" stop-opacity=".8"/><stop offset="1" stop-color="#fff2c9" stop-opacity="0"/></radialGradient>
<filter id="far" color-interpolation-filters="sRGB" filterUnits="userSpaceOnUse" x="0" y="${horizon - 330}" width="${WIDTH}" height="360"><feGaussianBlur stdDeviation="7"/></filter>`;
  const body = `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>${sun}${hills}<g filter="url(#far)">${hills}</g>`;
  return { defs, body };
}

function ridge(next: () => number, top: number, swing: number): string {
  let path = `M-60 ${round(top + between(next, -swing, swing))}`;
  for (let x = 160; x <= WIDTH + 240; x += 220) {
    path += `S${x - 80} ${round(top + between(next, -swing, swing))} ${x} ${round(top + between(next, -swing, swing))}`;
  }
  return path;
}

function terraces(next: () => number, top: number, depth: number): string {
  return Array.from({ length: 4 }, (_, step) => {
    const y = top + 50 + step * 26;
    return `<path d="${ridge(next, y, 14)}" stroke="#fff6d8" stroke-opacity="${0.1 + depth * 0.05}" stroke-width="7" fill="none"/>`;
  }).join("");
}

function woodenTop(next: () => number, top: number): Backdrop {
  const [light, dark] = pick(next, WOODS);
  const planks: string[] = [];
  let y = top;
  for (let tall = top > 0 ? 58 : 150; y < HEIGHT; y += tall, tall *= top > 0 ? 1.4 : 1) {
    const tint = between(next, 0, 0.16);
    planks.push(
      `<rect y="${round(y)}" width="${WIDTH}" height="${round(tall)}" fill="#2a1608" fill-opacity="${round(tint * 100) / 100}"/><rect y="${round(y)}" width="${WIDTH}" height="3" fill="#2a1608" fill-opacity=".45"/><rect y="${round(y + 3)}" width="${WIDTH}" height="2" fill="#ffe9c4" fill-opacity=".28"/>`,
    );
  }
  // One plank's grain for all of them: noise is the dearest thing in the picture.
  const seed = Math.floor(next() * 1000);
  const defs = `<linearGradient id="wood" x2="0" y2="1"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient>
<filter id="noise" color-interpolation-filters="sRGB" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".003 .07" numOctaves="2" seed="${seed}"/><feColorMatrix values="0 0 0 0 .2  0 0 0 0 .1  0 0 0 0 .03  1.7 0 0 0 -.6"/></filter>
<pattern id="grain" width="${WIDTH}" height="150" patternUnits="userSpaceOnUse"><rect width="${WIDTH}" height="150" filter="url(#noise)"/></pattern>`;
  const body = `<rect y="${top}" width="${WIDTH}" height="${HEIGHT - top}" fill="url(#wood)"/><rect y="${top}" width="${WIDTH}" height="${HEIGHT - top}" fill="url(#grain)" opacity=".34"/>${planks.join("")}`;
  return { defs, body };
}
