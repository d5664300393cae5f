import { icon } from "./crop-sprite.ts";
import { basket, bottle, bowl, heap, jar } from "./goods.ts";
import { flower } from "./plants.ts";
import { ball, leaf, line, oval, several, shape } from "./strokes.ts";

const blossoms = (fill: string, places: number[][]) =>
  several(flower(fill, "#d9a92e", 5, 9), places);
const cell = "M16 8l7 4v8l-7 4-7-4v-8Z";
const rows = [
  [9, 7],
  [4, 15.4],
  [9, 24],
] as const;
const comb = (fill: string, wall: string) =>
  several(
    shape(cell, fill) + line(cell, wall, 2),
    rows.flatMap(([x, y]) => [x, x + 10, x + 20].map((at) => [at, y, 0.7])),
  );

export const honeyOilPictures: Record<string, string> = {
  honey: icon("honey-pot"),
  "acacia-honey": jar(
    "@f3d98a",
    "#b98d3a",
    line("M16 2v24", "#6f9a3c", 1.4) +
      blossoms("#e9edd8", [
        [9, 10, 0.7],
        [23, 10, 0.7],
        [9, 20, 0.7],
        [23, 20, 0.7],
        [16, 28, 0.6],
      ]),
  ),
  "rape-honey": jar(
    "@f0c964",
    "#6f9a3c",
    line("M16 31V14", "#6f9a3c", 2) +
      blossoms("#f2c41f", [
        [16, 7, 0.9],
        [7, 15, 0.8],
        [25, 15, 0.8],
      ]),
  ),
  "jujube-honey": jar(
    "@b5651d",
    "#7d2a1c",
    oval(11, 18, 6, 9, "#97231f") + oval(22, 17, 6, 9, "#b3382e"),
  ),
  "comb-honey":
    shape("M2 5h28v23H2Z", "#8a5a2c") +
    `<svg x="4" y="7" width="24" height="19" viewBox="2 2 30 28" preserveAspectRatio="none">${shape("M0 0h40v40H0Z", "#f6c445")}${comb("#e8961e", "#b86a10")}</svg>`,
  "bee-pollen": bowl("@e8b021", ball(16, 16, 1.3, "#f6d76a") + ball(18.4, 17, 1.1, "#c9781c")),
  "rapeseed-oil": bottle(
    "@e8a81e",
    line("M16 31V14", "#6f9a3c", 2.5) + flower("#f2c41f", "#c98a10", 4, 12),
  ),
  "camellia-oil": bottle(
    "@d9c83f",
    leaf(20, 24, 10, "#4f8440", 13) +
      flower("#fff", "#e8b021", 6, 12).replace(/fill="#fff"/g, 'fill="#f7d9e0"'),
  ),
  "peanut-oil": bottle(
    "@e3b23c",
    shape("M10 3q6-3 9 3 0 4-1 7 5 3 4 9-3 8-10 6-7-3-4-12-5-8 2-13Z", "#c98f4a") +
      line("M11 8q3 3 6 1M11 22q5 3 9-1", "#8a5a22", 1.5),
  ),
  "sesame-oil": bottle("@9a4f14", heap(shape("M16 8q6 6 3 11-3 3-6 0-3-5 3-11Z", "#c9a15c"), 0.7)),
  "brown-sugar": several(
    shape("M6 12l10-5 10 5-10 5Z", "#a5622e") +
      shape("M6 12l10 5v11L6 22Z", "#7a3f18") +
      shape("M26 12l-10 5v11l10-6Z", "#5c2c0e"),
    [
      [10, 10, 0.75],
      [22, 13, 0.75],
      [15, 21, 0.8],
    ],
  ),
  "chili-sauce": jar(
    "@a8201f",
    "#33281f",
    shape("M5 12q9 1 15-2t9 1q-3 12-13 12T5 12Z", "#c3202b") + line("M28 11l2-4", "#5f9a3c", 2.4),
  ),
  rapeseed: bowl("@3b2a24", ball(16, 16, 1.1, "#7a5a48")),
  "other-honey-oil": basket,
};
