import { icon } from "./crop-sprite.ts";
import { basket } from "./goods.ts";

import { ball, leaf, line, oval, several, shape, shine } from "./strokes.ts";

const hair = (stroke: string) =>
  line("M9 24l-2 3M14 27l-1 3M20 28l1 3M25 25l2 2M7 15l-2-1M25 12l2-2", stroke, 0.9);

export const rootPictures: Record<string, string> = {
  potato: icon("potato"),
  "sweet-potato":
    `<g transform="rotate(-24 16 16)">${shape("M1 17C6 9 12 8 17 8s10 3 14 8c-4 6-9 9-15 9S6 23 1 17Z", "@b5485a")}${line("M9 14h2M17 12h3M13 20h3M22 19h2", "#7d2436", 1)}</g>` +
    oval(23, 23, 7, 6, "@b5485a") +
    oval(23, 22.5, 5.6, 4.6, "@f4a24a"),
  "purple-sweet-potato":
    `<g transform="rotate(-24 16 16)">${shape("M1 17C6 9 12 8 17 8s10 3 14 8c-4 6-9 9-15 9S6 23 1 17Z", "@5d2c63")}${line("M9 14h2M17 12h3M13 20h3", "#361440", 1)}</g>` +
    oval(23, 23, 7, 6, "@5d2c63") +
    oval(23, 22.5, 5.6, 4.6, "@9a4fb0"),
  yam:
    line("M8 3Q10 14 8 29M23 3Q21 14 24 28", "#c19a63", 6.4) +
    line("M7 6v18M22 6v17", "#e2c596", 1.6) +
    line(
      "M4.500 9l-1.500-1M11.500 13l2-1M4.800 19l-2 1M11 24l2 1M20 9l-2-1M26 14l2-1M20 20l-2 1M26.500 24l2 1",
      "#8a6636",
      0.9,
    ) +
    oval(8, 29, 3.2, 1.9, "#fbf6ea") +
    oval(24, 28, 3.2, 1.9, "#fbf6ea"),
  taro:
    shape("M16 5c7 1 12 7 12 14 0 6-5 10-12 10S4 25 4 19C4 12 9 6 16 5Z", "@8a6547") +
    line("M7 13q9 4 18 0M5 19q11 5 22 0M7 25q9 3 18 0", "#5a3d28", 1.2) +
    line("M14 6l-2-4M16 5V1M18 6l2-4", "#c79a9a", 2) +
    hair("#5a3d28"),
  konjac:
    shape("M3 19c0-7 6-10 13-10s13 3 13 10-6 10-13 10S3 26 3 19Z", "@a07a56") +
    shape("M10 11q1-5 6-7 5 2 6 7-6 3-12 0Z", "@d68fa0") +
    line("M6 20q2 4 6 5M20 25q4-1 6-5", "#6f4d31", 1) +
    hair("#6f4d31"),
  carrot: icon("carrot"),
  radish: icon("radish"),
  kohlrabi:
    several(
      line("M16 20Q8 14 6 4M16 18V3M16 20q8-6 10-16", "#9ac06a", 2) +
        leaf(6, 8, -110, "@5f9a3c", 8) +
        leaf(16, 7, -90, "@5f9a3c", 8) +
        leaf(26, 8, -70, "@5f9a3c", 8),
      [[16, 13, 0.9]],
    ) +
    oval(16, 22, 11, 9, "@b4d486") +
    line("M10 19h3M19 18h3M15 24h3", "#85ab55", 1.2),
  celtuce:
    line("M12 30 15 12", "#a9cf7c", 7) +
    line("M11.500 26l3 .5M12 21l3 .5M13 16l3 .5", "#7da84f", 1) +
    [
      [16, 12, -150],
      [17, 11, -120],
      [17, 11, -90],
      [17, 12, -60],
      [17, 13, -30],
    ]
      .map(([x = 0, y = 0, turn]) => leaf(x, y, turn, "@5f9a3c", 11))
      .join(""),
  "lotus-root": icon("lotus-root"),
  "water-chestnut": several(
    oval(16, 18, 10, 8, "@6b2c26") +
      line("M7 16q9-4 18 0M6.500 20q9.500-3 19 0", "#42130f", 0.9) +
      shape("M13 10q2-6 3-7 2 2 3 7Z", "#c79a6a") +
      shine(10, 15),
    [
      [11, 11, 0.8, -10],
      [21, 21, 0.85, 8],
    ],
  ),
  "water-bamboo": several(
    line("M16 30Q15 20 16 12", "#f3f0dc", 6) +
      line(
        "M13.500 28Q12 18 14 12Q15 6 10 1M18.500 28Q20 18 18 12Q17 6 22 1M16 13V1",
        "#8fbf5c",
        2,
      ),
    [
      [9, 16, 1, -10],
      [22, 17, 1, 12],
    ],
  ),
  "bamboo-shoot": icon("bamboo-shoot"),
  "lily-bulb":
    shape("M16 4q5 7 4 22h-8q-1-15 4-22Z", "@fbf3dc") +
    shape("M9 7q-1 12 4 20-8-1-10-9 1-7 6-11ZM23 7q1 12-4 20 8-1 10-9-1-7-6-11Z", "@f3e6c2") +
    shape("M5 15q1 8 8 13h6q7-5 8-13 4 6 0 11-4 4-11 4T5 26q-4-5 0-11Z", "@eadbb0") +
    line("M14 30l-1 2M16 30v2M18 30l1 2", "#b59a5c", 0.8),
  ginger: icon("ginger-root"),
  garlic: icon("garlic"),
  onion: icon("onion"),
  arrowhead: several(
    oval(16, 19, 9, 8.5, "@d9c27e") +
      line("M8 18q8 3 16 0M9 23q7 3 14 0", "#9a7f3a", 1) +
      line("M17 11q1-5 5-9", "#c9b36a", 3),
    [
      [10, 20, 0.75, -14],
      [22, 19, 0.8, 10],
      [15, 13, 0.6, 4],
    ],
  ),
  "jerusalem-artichoke":
    shape(
      "M4 20q-3-6 3-8 1-6 6-4 4-5 8-1 6-2 6 4 5 3 2 8 2 6-4 7-3 5-8 2-5 4-8-1-6 0-5-7Z",
      "@c9a06a",
    ) +
    ball(9, 11, 3.4, "@d6b07c") +
    ball(25, 13, 3.2, "@d6b07c") +
    ball(19, 26, 3, "@d6b07c") +
    line("M9 17h4M18 13h4M15 22h5M9 23h2M21 18h3", "#a07c4a", 1) +
    line("M13 8l-1-4M27 10l2-3M5 21l-3 1", "#a98a5c", 1),
  "other-roots": basket,
};
