import { icon } from "./crop-sprite.ts";
import { basket, bean, bowl, ear, heap } from "./goods.ts";
import { ball, line, oval, several, shape } from "./strokes.ts";

const kernel = (fill: string, turn = 30) => oval(16, 16, 1.9, 0.9, fill, turn);
const awns = (stroke: string) =>
  line("M20 4l6-3M22 8l7-3M16 8l-3-7M15 12l-6-4M21 12l8-2", stroke, 0.7);

export const grainPictures: Record<string, string> = {
  rice: bowl("@f4f0e4", kernel("#fffdf6")),
  "black-rice": bowl("@3a2f3d", kernel("#6a5570")),
  "glutinous-rice": bowl("@fdfcf8", ball(16, 16, 1.2, "#fff")),
  millet: bowl("@eec04a", ball(16, 16, 0.9, "#fbe08a")),
  buckwheat: icon("buckwheat"),
  oat:
    ear("@d8bd7e", "#b0a052", 1.3) +
    several(line("M16 16q3-2 5 1", "#b0a052", 0.8) + shape("M21 16q3 2 2 7-3-2-2-7Z", "@d8bd7e"), [
      [16, 12],
      [10, 16],
      [20, 6],
    ]),
  barley: ear(
    "@9db05a",
    "#8a8f45",
    1.4,
    awns("#7c8a3a") + line("M24 1l2-1M12 2l-2-2M27 14l4 0M11 16l-6-2", "#7c8a3a", 0.7),
  ),
  "wheat-flour":
    shape("M7 8q9-3 18 0l3 19q-12 6-24 0Z", "@e8dcc0") +
    shape("M7 8q9 5 18 0-2-5-9-5T7 8Z", "#fff") +
    oval(16, 20, 6, 6, "#fbf6ea") +
    `<g transform="translate(8.500 13) scale(.45)">${ear("#d29a2e", "#b07d22", 1.6)}</g>`,
  sorghum:
    line("M16 31V16M16 22q-6-2-9-8M16 25q7-2 10-8", "#7f9a45", 1.6) +
    [
      [16, 4],
      [13, 7],
      [19, 7],
      [11, 11],
      [16, 9.5],
      [21, 11],
      [13, 14],
      [19, 14],
      [16, 16],
      [16, 12.5],
    ]
      .map(([x = 0, y = 0]) => ball(x, y, 2.4, "@a3392a"))
      .join(""),
  maize: bowl("@f0b429", shape("M14.500 15l2-1.500 1.800 1.500-1 2h-2Z", "#ffd96b")),
  quinoa: bowl("@e6d8b4", ball(16, 16, 0.8, "#b3423a")),
  "job-tears": heap(
    shape("M16 9q6 3 5 9-1 5-5 5t-5-5q-1-6 5-9Z", "@efe7d6") + line("M16 12v9", "#a08a66", 1.6),
    0.8,
  ),
  soybean: heap(ball(16, 16, 5.5, "@e6c26a") + line("M17 19h2", "#8a6a2c", 1.2), 0.85),
  "black-bean": heap(oval(16, 16, 6.2, 4.8, "@2f2a33") + line("M14 18.500h3", "#d8d2dc", 1), 0.85),
  "mung-bean": heap(oval(16, 16, 5, 4.2, "@6f9a3c") + line("M14.500 18h3", "#f2f4e0", 1.3), 0.78),
  "red-bean": heap(oval(16, 16, 6, 4.4, "@962b2b") + line("M14 18h4", "#f6e6dc", 1.4), 0.78),
  "kidney-bean": heap(
    bean("@efe3cf") + line("M12.500 14.500h.1M18 13.500h.1M20 16h.1M15 13h.1", "#8e2f3d", 1.9),
    1,
  ),
  noodles:
    line("M6 3v26M9 3v26M12 3v26M15 3v26M18 3v26M21 3v26M24 3v26M27 3v26", "#efdcae", 2.2) +
    line("M7.500 3v26M13.500 3v26M19.500 3v26M25.500 3v26", "#cfae6a", 0.7) +
    shape("M4 13h25v6H4Z", "#b8430f"),
  vermicelli:
    line(
      "M4 10q12-8 24 0M4 14q12-9 24 0M4 18q12-9 24 0M4 22q12-9 24 0M4 26q12-9 24 0",
      "#b9b2a4",
      3,
    ) +
    line("M4 11.500q12-8 24 0M4 16q12-9 24 0M4 20q12-9 24 0M4 24q12-9 24 0", "#e9e4d8", 1.2) +
    line("M16 5v19", "#a3201d", 2.4),
  tofu:
    shape("M3 14 15 8l14 5-12 7Z", "@fdf8e8") +
    shape("M3 14l14 6v9L3 22Z", "@efe3c2") +
    shape("M29 13l-12 7v9l12-8Z", "@ddcda3") +
    line("M7 17.500l3 1.500M8 21l4 2M20 22l5-3", "#c9b88a", 0.9),
  "other-grains": basket,
};
