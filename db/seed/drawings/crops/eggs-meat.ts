import { icon } from "./crop-sprite.ts";
import { basket, eggs } from "./goods.ts";
import { ball, line, oval, several, shape, shine } from "./strokes.ts";

const specks = line(
  "M13 13h.1M18 11h.1M15 17h.1M19 18h.1M13 20h.1M17 14h.1M12 16h.1M20 14h.1M16 9h.1",
  "#4a3524",
  1.4,
);

/** A head seen from the front: ears and horns come in. */
const head = (fill: string, muzzle: string, ears: string) =>
  `${ears}${shape("M9 7q7-4 14 0 3 7 0 14-1 9-7 9t-7-9q-3-7 0-14Z", fill)}${oval(16, 24.5, 5.6, 5, muzzle)}${ball(11.8, 15, 1.5, "#221")}${ball(20.2, 15, 1.5, "#221")}${line("M14 24h.1M18 24h.1", "#4a2a22", 1.8)}`;

/** A bird on the ground, seen from its left side. */
const bird = (fill: string, wing: string, more: string) =>
  `${line("M15 25v5h-2M20 25v5h-2", "#d98a1e", 1.6)}${shape("M8 4q5-1 6 4 0 5 4 6 6 1 12-4 0 9-5 13-6 4-12 1-6-3-5-10 1-4 0-10Z", fill)}${shape("M14 17q6-3 12-1-3 6-8 6-4-1-4-5Z", wing)}${ball(9, 7.5, 1.1, "#221")}${more}`;

export const eggMeatPictures: Record<string, string> = {
  egg: eggs("@dba878", 6.5),
  "duck-egg": eggs("@c9dccb", 6.8),
  "salted-egg":
    eggs("@dfe6e2", 6.8) +
    `<g transform="translate(14 13) scale(.56)">${oval(16, 16, 15, 13, "#fdfaf2")}${ball(16, 16, 9, "@f08a1c")}</g>`,
  "quail-egg": eggs("@e6dcc4", 5.4, specks),
  chicken: bird(
    "@b5622c",
    "@8a3f1c",
    shape("M7 5q-1-4 2-3 1-3 3 0 3-1 2 3Z", "#d3262b") +
      shape("M7 8l-4 1 4 2Z", "#e8a81e") +
      shape("M7 11q-1 4 1 5 2-1 1-5Z", "#d3262b") +
      shape("M27 14Q26 5 31 2q1 8 0 12-1 5-4 6Z", "@2f4a3a"),
  ),
  "black-chicken": bird(
    "@f2f0ee",
    "@d8d4d0",
    shape("M7 5q-1-4 2-3 1-3 3 0 3-1 2 3Z", "#3a3040") +
      shape("M7 7q-2 4 1 7 3-2 3-6Z", "#4a4454") +
      shape("M7 8l-4 1 4 2Z", "#2f2a33"),
  ),
  duck: bird(
    "@a3815a",
    "@7d5c3a",
    shape("M8 3.500q6-2 6 4.500-5 3-7 1-1-3 1-5.500Z", "@2f6a45") +
      shape("M8 6Q3 6 1 9q4 1 7 0Z", "#e8a81e") +
      ball(9.5, 6, 1.1, "#fff") +
      line("M8 11.500q3 1 6-1.500", "#fff", 1.4),
  ),
  goose: `${line("M16 26v4h-2M21 26v4h-2", "#e07a1e", 1.6)}${shape("M7 2q6-1 5 5-1 7 2 8 8-3 16-3 1 8-5 12-6 3-12 1-6-3-5-10 1-5-2-10Z", "@f5f2ec")}${shape("M15 18q6-3 12-1-3 6-8 6-4-1-4-5Z", "#d9d2c6")}${shape("M7 4Q3 5 2 8q4 0 6-1Z", "#e8861e")}${ball(8.6, 4.6, 1, "#221")}`,
  rabbit:
    head(
      "@c9b8a4",
      "#f4ece0",
      oval(11, 5, 2.8, 8, "@b8a48e", -12) +
        oval(21, 5, 2.8, 8, "@b8a48e", 12) +
        oval(11, 5, 1.2, 5.5, "#e8b9b4", -12) +
        oval(21, 5, 1.2, 5.5, "#e8b9b4", 12),
    ) + line("M16 25v2", "#8a5a52", 1),
  pork: `${shape("M5 5q6 0 8 5l-7 4Q3 9 5 5ZM27 5q-6 0-8 5l7 4q3-5 1-9Z", "#d9808a")}${oval(16, 17, 12, 12, "@f0a5a8")}${oval(16, 20, 6, 4.6, "#e0808a")}${line("M14 20h.1M18 20h.1", "#8a3a44", 2.4)}${ball(10.5, 14, 1.5, "#221")}${ball(21.5, 14, 1.5, "#221")}`,
  beef: head(
    "@b5773c",
    "#f0d2b4",
    line("M9 8Q3 8 3 2M23 8q6 0 6-6", "#e8dcc4", 3) +
      oval(5, 12, 5, 2.8, "@9a5f2c", 14) +
      oval(27, 12, 5, 2.8, "@9a5f2c", -14),
  ),
  lamb: `${line("M10 7Q3 6 5 13M22 7q7-1 5 6", "#b9a074", 3)}${[
    [10, 9],
    [16, 6],
    [22, 9],
    [8, 15],
    [24, 15],
  ]
    .map(([x = 0, y = 0]) => ball(x, y, 5.4, "@f6f1e6"))
    .join(
      "",
    )}${shape("M11 11q5-3 10 0 2 6 0 11-2 8-5 8t-5-8q-2-5 0-11Z", "@e2cdb0")}${oval(6, 17, 3.6, 2, "#d3b994", 24)}${oval(26, 17, 3.6, 2, "#d3b994", -24)}${ball(13, 17, 1.3, "#221")}${ball(19, 17, 1.3, "#221")}${line("M14.500 25q1.500 1.500 3 0M16 23v3", "#7d5a44", 1)}`,
  bacon:
    line("M16 1v5", "#b98d4a", 2) +
    shape("M10 5q6-2 12 0 3 12 1 25-7 2-14 0-2-13 1-25Z", "@8a3a22") +
    shape(
      "M11 8q5-2 10 0v4q-5-2-10 0ZM10 16q6-2 12 0v4q-6-2-12 0ZM10 24q6-2 12 0v3q-6-2-12 0Z",
      "#f0d2a4",
    ),
  ham:
    shape("M14 1h4l1 6q7 4 8 12 0 11-11 12T5 19q1-8 8-12Z", "@a5562c") +
    shape("M16 12q7 3 7 9-1 7-7 7t-7-7q0-6 7-9Z", "@c9483c") +
    ball(16, 19, 2.6, "#f4e6cf") +
    line("M12 17q-2 4 0 7M20 17q2 4 0 7", "#f4d8c0", 1.2),
  milk: icon("glass-of-milk"),
  sausage: several(shape("M4 13q12 7 24 0 4 3 0 6-12 7-24 0-4-3 0-6Z", "@a5332a") + shine(9, 15), [
    [16, 10],
    [16, 21],
  ]),
  "century-egg":
    oval(11, 13, 8, 9.5, "@b9b3a2", -20) +
    oval(20, 20, 9.5, 10.5, "@4a3526", 12) +
    oval(20, 20.5, 5.6, 6.2, "@3f5a46", 12) +
    oval(19.5, 20, 2.6, 3, "#26352b", 12) +
    line("M8 8h.1M12 11h.1M7 14h.1M11 17h.1", "#7d7666", 1.2) +
    shine(14, 14),
  "other-eggs-meat": basket,
};
