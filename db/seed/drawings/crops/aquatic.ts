import { basket, fish } from "./goods.ts";
import { ball, line, oval, several, shape } from "./strokes.ts";

const BODY = "M2 16Q6 9 14 9t13 7q-5 7-13 7T2 16Z";

/** Body, tail, claws and legs of what walks the bed of a river. */
const shelled = (fill: string, dark: string, claw: number) =>
  `${line("M10 15l-6 3M10 18l-5 5M11 21l-4 6M22 15l6 3M22 18l5 5M21 21l4 6", dark, 1.3)}${line("M12 11Q5 9 6 4M20 11q7-2 6-7M14 6Q12 2 8 0M18 6q2-4 6-6", dark, 1.2)}${[
    [6, 4, -30],
    [26, 4, 30],
  ]
    .map(([x = 0, y = 0, turn]) => oval(x, y, claw * 0.6, claw, fill, turn))
    .join(
      "",
    )}${shape("M12 8q4-5 8 0 3 6 1 11H11q-2-5 1-11Z", fill)}${shape("M11.500 19h9l-1 7h-7Z", fill)}${shape("M12 26h8l4 5h-6l-2-1-2 1H8Z", fill)}${line("M11.500 21.500h9M12 24h8", dark, 1)}${ball(13.5, 8, 1, "#111")}${ball(18.5, 8, 1, "#111")}`;

export const aquaticPictures: Record<string, string> = {
  carp: fish(
    "@d9822e",
    "#f7dba4",
    BODY,
    line("M4 18l-2 2M5 18.500l-1 2.500", "#8a4a14", 0.8) +
      line(
        "M14 13q2 1.500 0 3M18 13q2 1.500 0 3M16 16q2 1.500 0 3M20 16q2 1.500 0 3",
        "#a5561a",
        0.8,
      ),
  ),
  "grass-carp": fish("@6f8a5c", "#e6ead0", "M2 16q6-6 14-6t12 6q-5 6-12 6T2 16Z"),
  "crucian-carp": fish(
    "@8a8f96",
    "#f0f0ea",
    "M2 17Q6 7 14 7t12 9q-4 9-12 9T2 17Z",
    line("M14 12q2 1.500 0 3M18 12q2 1.500 0 3M16 15.500q2 1.500 0 3", "#5d636b", 0.8),
  ),
  trout: fish(
    "@7d9aa0",
    "#f4e6dc",
    "M2 16q6-6 14-6t12 6q-5 6-12 6T2 16Z",
    line("M5 16.500h21", "#e0707a", 1.8) +
      line("M12 12.500h.1M16 12h.1M20 13h.1M23 14h.1M14 14h.1M18 14.500h.1", "#33454a", 1.2),
  ),
  loach: several(
    line("M3 17q6-6 12-1t14-2", "#8a6a3c", 4.6) +
      line("M4 16q6-5 11 0t12-1", "#c9ab74", 1.4) +
      line("M9 13h.1M18 16h.1M23 15h.1", "#4a3418", 1.3) +
      ball(4, 16, 0.8, "#111") +
      line("M2.500 18l-2 1M3 19l-1 2", "#6f5228", 0.7),
    [
      [16, 9, 0.95, -6],
      [16, 22, 0.95, 8],
    ],
  ),
  eel:
    line("M4 7q8-7 16-2t2 9-13 4-2 7 20-2", "#b58a2c", 4.4) +
    line("M4 7q8-6 15-1t2 8-12 4", "#6f5214", 1.2) +
    ball(4.5, 7.5, 0.9, "#111"),
  crayfish: shelled("@c3301f", "#7a160e", 5.4),
  shrimp:
    line("M9 22l-2 4M13 24l-1 4M17 24l0 4M8 6Q16 1 27 3M8 8q8-3 14 0", "#8aa0a0", 0.9) +
    shape("M4 9q6-6 13-4 11 3 11 12 0 7-6 11l-2-4q4-4 1-8-3-5-10-4-6 0-7-3Z", "@a9c2b8") +
    line(
      "M14 6q0 4-2 6M19 7q-1 4-4 6M24 11q-3 2-6 3M27 17q-4 0-6 1M26 23q-3-1-5-1",
      "#6f8f88",
      0.9,
    ) +
    shape("M22 28l6 3-8 0-3-3 3-3Z", "@8fb0a6") +
    ball(7, 9, 1.2, "#111"),
  crab:
    line(
      "M8 19l-6 1M9 22l-6 4M11 24l-4 6M24 19l6 1M23 22l6 4M21 24l4 6M9 15Q4 14 5 9M23 15q5-1 4-6",
      "#5a6a3a",
      1.8,
    ) +
    oval(5, 6.5, 3.4, 4.5, "@7d8a4a", -20) +
    oval(27, 6.5, 3.4, 4.5, "@7d8a4a", 20) +
    line("M4.500 2.500l1 4M27.500 2.500l-1 4", "#f6f1e2", 1.2) +
    oval(16, 19, 10, 7.5, "@7d8a4a") +
    line("M12 18q1.500 2 3 0M17 18q1.500 2 3 0", "#4a562a", 1) +
    ball(13, 12, 1.2, "#111") +
    ball(19, 12, 1.2, "#111"),
  "field-snail": several(
    shape("M4 18q0-12 11-13 8 0 12 5-1 12-12 15-9 1-11-7Z", "@6f6a3c") +
      line("M9 19q0-8 7-8t6 6-5 6-4-4 3-3", "#3a3718", 1.6),
    [
      [12, 11, 0.75, -10],
      [21, 21, 0.75, 20],
    ],
  ),
  "dried-fish": several(
    fish(
      "@b5894c",
      "#e0bd84",
      "M2 16q6-4 14-4t12 4q-5 4-12 4T2 16Z",
      line("M12 16h12M15 13.500v5M18 13.500v5M21 14v4", "#7d5a28", 0.7),
    ),
    [
      [16, 8, 0.8, -8],
      [16, 17, 0.8, 5],
      [16, 25, 0.8, -4],
    ],
  ),
  "other-aquatic": basket,
};
