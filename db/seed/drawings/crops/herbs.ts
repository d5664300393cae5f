import { basket, herbRoots } from "./goods.ts";
import { bunch, flower, sprig } from "./plants.ts";
import { ball, leaf, line, oval, several, shape, shine } from "./strokes.ts";

export const herbPictures: Record<string, string> = {
  astragalus: several(
    shape("M9 7q7-4 14 0 2 9-1 18-6 3-12 0Q7 16 9 7Z", "@f0dca4") +
      shape("M12 9q4-2 8 0 1 8 0 14-4 2-8 0-1-7 0-14Z", "@e8c45c") +
      line("M16 9v15", "#b9852c", 0.9),
    [
      [9, 15, 0.7, -24],
      [16, 17, 0.75],
      [24, 16, 0.7, 22],
    ],
  ),
  angelica:
    herbRoots("#9c7446", 3.6, line("M12 5h8M13 3.500h6", "#6f4d2a", 1)) +
    line("M12 8Q9 17 10 27M20 8Q23 18 21 27", "#b98f5c", 2),
  codonopsis: several(
    line("M3 17q7-4 13 0t13-1", "#d9b676", 4) +
      line("M6 15.500v3M10 15v3M21 17v3M25 16v3", "#a47c3c", 0.8),
    [
      [16, 7, 1, -8],
      [16, 13, 1, 4],
      [16, 19, 1, -3],
      [16, 25, 1, 6],
    ],
  ),
  ginseng:
    line(
      "M16 18Q9 22 8 31M16 18q7 4 8 13M13 14Q6 16 4 22M19 14q7 2 9 8M9 25l-4 3M23 25l4 3",
      "#d9b676",
      2,
    ) +
    shape("M12 9q4-3 8 0 3 8 0 14-4 3-8 0-3-7 0-14Z", "@e6c98c") +
    line("M13 12h5M13.500 15h4.500M14 18h4", "#a47c3c", 0.8) +
    line("M16 9V3M16 4l-4-2M16 4l4-2", "#5f9a3c", 1.6) +
    ball(16, 2.5, 1.8, "#c3202b"),
  notoginseng: several(
    shape("M16 5q4 0 4 4 6 2 6 8 1 5-4 7-6 4-12 0-5-3-4-8 1-6 6-7 0-4 4-4Z", "@7d7460") +
      line("M9 16h.1M13 20h.1M18 15h.1M22 19h.1M17 22h.1M14 13h.1M20 12h.1", "#c2baa4", 2),
    [
      [10, 11, 0.72, -20],
      [22, 14, 0.72, 30],
      [14, 23, 0.75, 80],
    ],
  ),
  gastrodia: several(
    shape("M3 17q2-8 13-8t13 8q-2 7-13 7T3 17Z", "@e2cd9a") +
      line("M8 11.500q2 5 0 10M13 10q2 6 0 13M18 10q2 6 0 13M23 11.500q2 5 0 10", "#ad8c4e", 0.9) +
      shape("M28 14l3 3-3 3Z", "#a3522e"),
    [
      [15, 10, 0.85, -14],
      [17, 22, 0.85, 12],
    ],
  ),
  poria: cubes(),
  polygonatum: several(
    shape("M3 16q1-6 6-5 2-4 6-3 4-3 7 1 6-1 7 5 1 7-5 7-3 4-7 2-4 3-7 0-6 0-7-7Z", "@8a6238") +
      line("M9 12q1 5-1 8M15 9q1 7-1 12M22 10q1 6 0 10", "#5a3a1c", 0.9) +
      ball(12, 15, 1.4, "#d2ab72") +
      ball(19, 15, 1.4, "#d2ab72"),
    [
      [16, 10, 0.95, -14],
      [16, 22, 0.95, 14],
    ],
  ),
  coptis:
    line(
      "M16 6Q10 16 5 20M16 6Q12 20 10 28M16 6q1 12 0 24M16 6q6 14 7 21M16 6q6 8 12 13",
      "#b5822a",
      3.2,
    ) +
    line("M8 17l-2-2M7 20l-1 3M11 22l-3 0M16 20l3 1M22 22l3 0M25 15l3-1M12 26l3 1", "#8a5a14", 1) +
    line("M16 7l-3-5M16 7V1M16 7l3-5", "#8a6a3c", 1.4),
  atractylodes: several(
    shape("M5 18q-1-7 5-8 1-4 6-3 5-2 7 2 6 2 5 8 0 6-6 7-5 4-10 1-6 0-7-7Z", "@9a7a52") +
      line("M10 12q2 2 1 4M19 10q-1 3 1 4M13 20q3-1 5 1M22 18h3", "#5f4526", 1),
    [
      [11, 10, 0.72],
      [22, 15, 0.72, 60],
      [12, 23, 0.72, 30],
    ],
  ),
  "paris-root":
    [0, 51, 103, 154, 206, 257, 309]
      .map(
        (turn) =>
          `<g transform="rotate(${turn} 18 13)">${shape("M18 12q-4-5 0-11 4 6 0 11Z", "@5f9a3c")}</g>`,
      )
      .join("") +
    ball(18, 13, 1.9, "#e0bd3c") +
    line("M18 15v6", "#6f9a3c", 1.6) +
    shape("M2 26q2-5 7-4 4-3 9-2 6-1 9 3 3 5-3 6-12 4-18 1-4-1-4-4Z", "@8a5a34") +
    line("M8 22q1 4 0 8M14 21q1 5 0 9.500M20 20q1 5 0 10", "#54331a", 0.9),
  fritillary: several(
    shape("M16 5q9 8 8 14-2 6-8 6t-8-6q-1-6 8-14Z", "@f3ead4") +
      line("M16 6q-4 9-1 18", "#b9a57a", 1),
    [
      [9, 11, 0.65, -8],
      [22, 11, 0.65, 8],
      [15, 22, 0.7],
    ],
  ),
  salvia: herbRoots("#9c3f2c", 3.4, line("M13 5h6", "#5f1f14", 1)),
  liquorice: several(
    shape("M3 13h26q2 3 0 6H3Z", "@9a5f34") +
      oval(3.5, 16, 2, 3, "#f2d06a") +
      line("M8 15h5M16 17h6", "#63381a", 0.8),
    [
      [17, 7, 0.95, -10],
      [16, 14, 0.95, 5],
      [16, 20, 0.95, -4],
      [17, 26, 0.9, 8],
    ],
  ),
  dendrobium:
    line("M8 31Q7 18 11 6M15 31q0-12 3-24M22 31Q24 20 26 10", "#8aa63a", 3.4) +
    line(
      "M6.500 24h3M6.500 19h3M8 13h3M13.700 25h3M14.500 19h3M15.700 13h3M21.500 26h3M22.500 20h3.500M24 14h3",
      "#5a7422",
      1,
    ) +
    leaf(11, 7, -50, "@5f9a3c", 9) +
    leaf(18, 7, -30, "@5f9a3c", 9) +
    leaf(10, 13, -140, "@5f9a3c", 8) +
    leaf(26, 11, -110, "@5f9a3c", 8),
  honeysuckle:
    leaf(16, 27, 10, "@4f8440", 12) +
    leaf(15, 27, 172, "@4f8440", 12) +
    [
      [16, 28, -34, "#fbf6e2"],
      [16, 28, -8, "#f2cf5a"],
      [16, 28, 16, "#fbf6e2"],
      [16, 28, 40, "#f2cf5a"],
    ]
      .map(
        ([x, y, turn, fill]) =>
          `<g transform="rotate(${turn} ${x} ${y})">${line("M16 28V11", String(fill), 2.6)}${line("M16 11q-4-1-5-6M16 11q4-1 5-6M16 11V3", String(fill), 2)}${line("M16 9V4", "#b9852c", 0.7)}</g>`,
      )
      .join(""),
  chrysanthemum:
    flower("#fbf7e6", "#e0a11c", 14, 14) +
    line("M16 16h.1M13 15h.1M19 15h.1M15 19h.1M18 18h.1", "#b5750f", 1.4),
  schisandra: bunch(
    "@b3202f",
    [
      [10, 11],
      [16, 10],
      [22, 12],
      [9, 17],
      [15, 16],
      [21, 18],
      [12, 22],
      [18, 23],
      [15, 28],
    ],
    3.8,
  ),
  "cornelian-cherry":
    several(oval(16, 16, 5, 9, "@c3202b") + shine(13, 11), [
      [9, 16, 0.85, 14],
      [17, 19, 0.85],
      [25, 16, 0.85, -14],
    ]) +
    line("M10 9Q14 4 17 3q1 4 0 9M24 9Q20 5 17 3", "#7a5a33", 1.2) +
    leaf(18, 4, -14),
  "tangerine-peel": several(
    shape("M4 8q8-5 13 1t11 3q0 9-9 8T4 8Z", "@c9701c") +
      line("M9 9q5 2 8 5M13 15h.1M19 15h.1M10 12h.1M23 16h.1", "#8a4410", 1.1),
    [
      [13, 10, 0.85],
      [20, 18, 0.85, 70],
      [11, 22, 0.8, 150],
    ],
  ),
  eucommia: several(
    shape("M7 4h18q2 12 0 24H7Q5 16 7 4Z", "@7d6248") +
      line("M11 6q1 10 0 20M16 5v22M21 6q-1 10 0 20M8 12h6M17 19h7", "#4f3a26", 1) +
      line("M7 4h18", "#b99a74", 1.8),
    [
      [11, 15, 0.85, -14],
      [22, 18, 0.78, 12],
    ],
  ),
  mugwort: sprig(
    "@8aa88a",
    "#7d8a6a",
    several(leaf(16, 16, -20, "@a3bda0", 6) + leaf(16, 16, -160, "@a3bda0", 6), [
      [22, 17],
      [10, 15],
      [21, 11],
      [11, 9],
    ]),
  ),
  lingzhi:
    shape("M14 17q3 6 0 14h5q2-7 0-14Z", "@5a2418") +
    shape("M2 14C2 6 9 3 17 3s13 4 13 10-6 7-14 7S2 19 2 14Z", "@a53a22") +
    line("M6 14q1-6 10-6t10 5M10 15q2-3 7-3t6 3", "#e0904e", 1.4) +
    line("M3 16q4 4 13 4t14-6", "#f3dcae", 1.6),
  "other-herbs": basket,
};

function cubes(): string {
  const cube =
    shape("M8 11l8-4 8 4-8 4Z", "#fdf8ec") +
    shape("M8 11l8 4v10l-8-4Z", "#e6dac0") +
    shape("M24 11l-8 4v10l8-4Z", "#d3c3a0");
  return several(cube, [
    [10, 10, 0.9],
    [22, 12, 0.9],
    [15, 21, 0.95],
  ]);
}
