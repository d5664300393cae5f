import { icon } from "./crop-sprite.ts";
import { basket, heap, tea } from "./goods.ts";
import { fruit } from "./plants.ts";
import { ball, leaf, line, oval, several, shape } from "./strokes.ts";

const pods = several(
  shape("M3 13q9 1 15-2t11 1q-3 9-13 9T3 13Z", "@a8201f") +
    line("M28 12l3-3", "#8a8a3c", 1.8) +
    line("M8 15q6 2 11-1M10 18q5 1 9-1", "#6d0f10", 0.8),
  [
    [14, 8, 0.85, -14],
    [18, 17, 0.85, 12],
    [13, 25, 0.85, -6],
  ],
);

export const teaSpicePictures: Record<string, string> = {
  tea: icon("tea-leaves"),
  "green-tea": tea("#cddc7a", "#5d8a33", "M13 17q3-3 6-2"),
  "black-tea": tea("#c0561f", "#3a221a", "M13 17q3-3 6-2"),
  "dark-tea":
    ball(16, 16, 14, "@5a3a28") +
    ball(16, 16, 4, "#3a2418") +
    line("M8 9l3 2M20 7l3 3M6 18l4-1M11 25l2-3M22 24l-3-2M25 15l-3 1M14 8l1 2", "#8d6a4a", 1.4),
  "white-tea": tea("#f0e2a4", "#b9bda0", "M12 18q4-6 8-4"),
  oolong: tea("#e0a03a", "#3f5a33", "M14 15q4-2 4 1t-3 1"),
  "sichuan-pepper": icon("sichuan-pepper"),
  "green-pepper":
    line("M16 31Q15 20 8 10M16 24q4-8 8-11", "#5d7a35", 1.4) +
    leaf(16, 27, -14, "@5d9a45", 11) +
    [
      [9, 9],
      [15, 6],
      [22, 9],
      [6, 15],
      [13, 13],
      [19, 15],
      [26, 15],
      [10, 19],
      [17, 21],
    ]
      .map(([x = 0, y = 0]) => ball(x, y, 3.5, "@6fae3f") + line(`M${x} ${y}h.1`, "#33591f", 1.3))
      .join(""),
  "dried-chili": pods,
  "star-anise":
    Array.from(
      { length: 8 },
      (_, at) =>
        `<g transform="rotate(${at * 45} 16 16)">${shape("M16 15q-4-6 0-14 4 8 0 14Z", "@84451f")}${oval(16, 8, 1, 1.8, "#e0a14e")}</g>`,
    ).join("") + ball(16, 16, 2, "#5a2c12"),
  cinnamon: several(
    shape("M3 12h26q2 4 0 8H3q-2-4 0-8Z", "@a5622e") +
      shape("M3 12q3 4 0 8-3-4 0-8Z", "#e0b07a") +
      line("M7 14.500h20M7 17.500h20", "#7a4118", 0.8),
    [
      [16, 8, 0.9, -10],
      [16, 16, 0.95, 6],
      [16, 24, 0.9, -4],
    ],
  ),
  fennel: heap(
    shape("M11 10q6 1 10 11-7-2-10-11Z", "@a9b06a") +
      line("M12.500 12q4 4 7 8M15 12q3 3 5 7", "#6f7a3a", 0.8),
    0.85,
  ),
  tsaoko: several(
    fruit("@8a4a34", {
      rx: 8,
      ry: 11,
      leaves: false,
      marks: line("M12 9q-3 9 0 18M16 8v20M20 9q3 9 0 18", "#54281a", 1),
    }),
    [
      [10, 13, 0.75, -20],
      [22, 14, 0.75, 20],
      [16, 22, 0.75, 4],
    ],
  ),
  "other-tea-spices": basket,
};
