import { icon } from "./crop-sprite.ts";
import { basket, mushroom } from "./goods.ts";
import { ball, line, oval, several, shape, shine } from "./strokes.ts";

const DOME = "M2 16C3 7 9 3 16 3s13 4 14 13q-14 5-28 0Z";
const thin = (cap: string, stalk: string, r: number, width: number) =>
  [
    [7, 9],
    [12, 5],
    [17, 7],
    [22, 5],
    [26, 10],
    [10, 13],
    [15, 12],
    [21, 12],
  ]
    .map(
      ([x = 0, y = 0]) =>
        line(`M${16 + (x - 16) * 0.35} 30Q${x} 22 ${x} ${y}`, stalk, width) +
        oval(x, y, r, r * 0.8, cap),
    )
    .join("");

export const mushroomPictures: Record<string, string> = {
  shiitake: mushroom(
    "@7a4a2c",
    "#ead9b8",
    DOME,
    7,
    line("M10 9l3 3M20 7l-2 4M24 12l-4 1M15 5l1 3M7 13l3 1", "#e8cfa4", 1.6),
  ),
  "wood-ear": icon("wood-ear"),
  "white-fungus": several(
    shape("M16 26q-9-2-8-10 2-6 8-4 6-2 8 4 1 8-8 10Z", "@f6efd8") +
      line("M11 16q3-2 5 2 2-4 5-2", "#cdbd8c", 0.9),
    [
      [9, 12, 0.85, -30],
      [23, 12, 0.85, 30],
      [16, 9, 0.85],
      [9, 21, 0.85, -70],
      [23, 21, 0.85, 70],
      [16, 18, 1],
    ],
  ),
  "oyster-mushroom": several(
    shape("M17 30Q15 22 6 17 1 10 9 6q11-5 18 1 6 6-3 11-4 4-4 12Z", "@a9a39c") +
      line("M17 28Q16 20 9 16M18.500 28q0-8-1-12M19.500 28q0-7 6-12", "#e6e1d8", 1),
    [
      [13, 13, 0.8, -8],
      [22, 20, 0.68, 14],
      [9, 23, 0.5, -20],
    ],
  ),
  "king-oyster": several(
    shape("M10 8q0 6 1 11-3 11 5 11t5-11q1-5 1-11Z", "@f3ecdc") +
      shape("M8 8q1-6 8-6t8 6q-8 4-16 0Z", "@b98d5e"),
    [
      [10, 16, 0.95, -10],
      [22, 17, 0.95, 10],
    ],
  ),
  enoki: thin("#fff9e2", "#f1e6bd", 2.6, 1.8) + line("M11 25h10", "#c9b26a", 1),
  "tea-tree-mushroom": thin("@8d5a30", "#dcc49a", 3.6, 2.3),
  "monkey-head":
    shape("M16 4q7-2 11 4 4 7 1 14-4 8-12 8T4 22Q1 15 5 8q4-6 11-4Z", "@f4ead2") +
    line(
      "M8 9v5M12 7v5M16 6v5M20 7v5M24 9v5M6 15v5M10 14v6M14 13v6M18 13v6M22 14v6M26 15v5M9 22v5M13 21v6M17 21v7M21 22v5",
      "#cbb789",
      1.1,
    ),
  "bamboo-fungus":
    shape("M14 12h4q3 9 1 18h-6q-2-9 1-18Z", "@fbf8ee") +
    line(
      "M11 10Q5 17 4 24M13 11Q9 18 9 26M16 11v14M19 11q4 7 4 15M21 10q6 7 7 14M6 17q10 5 20 0M4.500 22q11 6 23 0",
      "#d9d0b4",
      1.3,
    ) +
    shape("M10 11q-1-8 6-9 7 1 6 9-6 3-12 0Z", "@6f7a45"),
  morel:
    shape("M12 18h8q2 6 1 12H11q-1-6 1-12Z", "@efe0bd") +
    shape("M16 1q8 5 8 13-1 6-8 6t-8-6Q8 6 16 1Z", "@8a6238") +
    line("M13 5q2 3 0 6t1 7M18 4q-2 4 1 7t-1 7M10 10q6 3 12 0M9.500 15q6 3 13 0", "#4b2f16", 1.2),
  matsutake: mushroom(
    "@a8794c",
    "#f0e4cc",
    "M5 14C5 6 10 3 16 3s11 3 11 11q-11 4-22 0Z",
    10,
    line("M13 20h2M18 22h2M13 25h3", "#b08a5c", 1),
  ),
  bolete: mushroom(
    "@9a5a2a",
    "#f2deae",
    "M3 15C3 7 9 2 16 2s13 5 13 13q-3 3-13 3T3 15Z",
    14,
    shine(8, 8) + line("M5 16.500q11 3 22 0", "#d8b94e", 1.8),
  ),
  "termite-mushroom": mushroom(
    "@8c8078",
    "#f7f2e8",
    "M16 2q2 1 3 4 8 3 11 9-14 5-28 0 3-6 11-9 1-3 3-4Z",
    5,
    line("M9 12l2-3M23 12l-2-3M16 10V6", "#5a5048", 0.9) + ball(16, 4.5, 1.6, "#5a5048"),
  ),
  "other-mushrooms": basket,
};
