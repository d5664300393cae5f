import { flower, greens } from "./plants.ts";
import { ball, leaf, line, oval, put, several, shape } from "./strokes.ts";

/** One thick round leaf on its stalk. */
const thickLeaf =
  shape("M16 27C4 20 4 8 13 6q3-.5 3 2 0-2.500 3-2c9 2 9 14-3 21Z", "@3f8a3a") +
  line("M16 26V12M16 20l-5-5M16 20l5-5", "#9cc47a", 1.1);

/** Upright and pointed, longer than broad. */
const longLeaf = (fill: string) =>
  shape("M16 31C8 24 9 10 16 2c7 8 8 22 0 29Z", fill) +
  line("M16 31V7M16 24l-3-4M16 24l3-4M16 17l-3-4M16 17l3-4", "#eef6d4", 1.1);

const feather =
  line("M16 31V8M16 26l-6-5M16 26l6-5M16 20l-5-5M16 20l5-5M16 14l-4-4M16 14l4-4", "@6ba53f", 2) +
  line("M10 21l-1-3M10 21l-3 0M22 21l1-3M22 21l3 0M11 15l-1-3M21 15l1-3", "@6ba53f", 1.8);

/** The beans bulge; what is between them is drawn in. */
const edamamePod =
  line("M28 15l3-4", "#5f8a35", 1.8) +
  shape("M1 17q3-6 8-5 3-4 8-1 4-3 8 1 4 0 4 4-1 4-5 4-4 4-8 1-5 3-8-1-5 1-7-3Z", "@8cbb45") +
  [8.5, 16, 23.5].map((x) => oval(x, 16, 3.2, 3.4, "@a9d162")).join("") +
  line(
    "M8 12.500l-.5-1.500M16 11.500v-1.500M24 12.500l.5-1.500M12 20l-.5 1.500M20 20.500l.5 1.500",
    "#6a9a35",
    0.8,
  );

export const leafGreenPictures: Record<string, string> = {
  edamame: several(edamamePod, [
    [14, 10, 0.94, -16],
    [18, 22, 0.94, -16],
  ]),
  amaranth:
    greens("@4f8f3c", "#c0416a", 6.4) +
    [
      [7, 10, -24],
      [25, 10, 24],
      [16, 8, 0],
    ]
      .map(([x = 0, y = 0, turn]) => oval(x, y, 3.4, 5, "@a83a62", turn))
      .join(""),
  "mustard-greens":
    shape(
      "M16 4q4-3 6 1 5-1 5 4 4 2 1 6 2 4-3 5-1 4-5 3l-1 7h-6l-1-7q-4 1-5-3-5-1-3-5-3-4 1-6 0-5 5-4 2-4 6-1Z",
      "@5c9a34",
    ) + line("M16 30V8M16 22l-7-6M16 22l7-6M16 15l-4-5M16 15l4-5", "#dcebb8", 1.8),
  "indian-lettuce": several(longLeaf("@7dbb46"), [
    [9, 17, 0.88, -24],
    [23, 17, 0.88, 24],
    [16, 16, 0.98],
  ]),
  "crown-daisy":
    several(feather, [
      [8, 19, 0.8, -18],
      [22, 19, 0.8, 16],
      [15, 18, 0.9],
    ]) + put(flower("@f4cf3a", "#d98b16", 9, 11), 23, 8, 0.5),
  "malabar-spinach":
    line("M16 31Q12 22 16 14Q19 8 15 2", "#8d3a5c", 2.2) +
    several(thickLeaf, [
      [9, 21, 0.6, -40],
      [23, 18, 0.66, 42],
      [11, 9, 0.55, -30],
    ]) +
    leaf(15, 3, -60, "@5f9a3c", 8) +
    ball(23, 7, 2.6, "@4a2154") +
    ball(27, 10, 2.4, "@4a2154"),
};
