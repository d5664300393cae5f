import { icon } from "./crop-sprite.ts";
import { basket, heap, jar } from "./goods.ts";
import { line, oval, several, shape } from "./strokes.ts";

const raisin =
  oval(16, 16, 5.5, 4, "@8aa03e") + line("M12 15q3 2 8 0M13 18q3 1 6 0", "#566a1e", 0.8);

export const driedPictures: Record<string, string> = {
  jujube: icon("jujube"),
  goji: icon("goji"),
  "black-goji": heap(
    oval(16, 16, 5, 5, "@3a2352") +
      line("M13 14q3 2 6 0M13 18q3-1 6 0", "#1d0f2e", 0.8) +
      line("M16 11V9", "#8aa04c", 1.4),
    0.82,
  ),
  "dried-persimmon": several(
    oval(16, 17, 10, 7.5, "@b5622c") +
      oval(15, 15.5, 7, 4.5, "#ffffff59") +
      shape("M12 12q4-3 8 0l-4 2Z", "#6f4a2a") +
      line("M9 20q4 2 8 1M20 21q3-1 4-3", "#7d3c14", 0.8),
    [
      [12, 10, 0.9, -8],
      [20, 22, 1, 6],
    ],
  ),
  raisin: heap(raisin, 0.95),
  "lotus-seed": heap(
    oval(16, 16, 5.2, 6, "@f2e4c2") +
      line("M14.500 10.500h3", "#9a7a42", 1.6) +
      line("M16 22v-5", "#d0b886", 0.8),
    0.82,
  ),
  "dried-sweet-potato": several(
    shape("M4 13q12-3 24 0l-1 6q-11 3-22 0Z", "@e08a2e") + line("M7 15q9-2 18 0", "#f8c277", 1.2),
    [
      [15, 8, 0.9, -18],
      [18, 15, 0.9, 14],
      [14, 21, 0.9, -6],
      [19, 26, 0.8, 20],
    ],
  ),
  "dried-bamboo": several(
    shape("M5 12q12-5 22 1-2 3 0 6-11 4-22 0 2-4 0-7Z", "@cfa355") +
      line("M9 13v6M14 12v7M19 12v7M24 14v5", "#93692a", 0.9),
    [
      [14, 9, 0.95, -22],
      [18, 16, 0.95, 12],
      [14, 23, 0.95, -8],
    ],
  ),
  "dried-greens":
    shape("M4 26q1-11 6-13 5-8 12-3 6 1 7 10 1 5-2 7-12 3-23-1Z", "@5a4a2c") +
    line(
      "M7 23q2-8 8-7M12 26q0-7 6-11M18 26q5-4 4-12M24 26q4-3 2-9M9 18q5-5 12-6",
      "#8a7440",
      1.4,
    ) +
    line("M8 26q5-5 8-4M15 17q5 1 6 6", "#33281a", 1.2),
  "dried-beans":
    line(
      "M6 27Q4 12 12 8t3 10 5 8M10 28Q18 22 12 15t4-9 6 8-2 14M22 28q7-6 3-13t-8-4",
      "#7f7a3c",
      2,
    ) + line("M7 24Q8 14 14 12M24 25q3-6-1-10", "#a8a055", 1.3),
  "tofu-skin": several(
    shape("M3 14q13-5 26 0v5q-13 4-26 0Z", "@ecc878") +
      line("M6 15q10-3 20 0M7 18q9 2 18 0", "#c4954a", 0.9),
    [
      [15, 8, 0.95, -10],
      [17, 16, 0.95, 6],
      [15, 24, 0.95, -4],
    ],
  ),
  pickles:
    jar("@a9b84c", "#8a5a33", line("M8 12q8-6 16 0M8 18q8-6 16 0M8 24q8-6 16 0", "#7f9a2e", 3)) +
    shape("M6 3h20v4H6Z", "#7d4a26"),
  "other-dried": basket,
};
