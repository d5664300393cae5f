import { ball, LEAF, leaf, line, oval, STEM, several, shape, shine } from "./strokes.ts";

// Kinds of plants and their parts; what differs from crop to crop comes in.

type Round = { rx?: number; ry?: number; stem?: string; leaves?: boolean; marks?: string };

/** A round fruit on its stalk. */
export function fruit(fill: string, look: Round = {}): string {
  const { rx = 12, ry = 12, stem = STEM, leaves = true, marks = "" } = look;
  const top = 18 - ry;
  return [
    line(`M16 ${top + 1}q0-3 1-4`, stem, 1.8),
    oval(16, 18, rx, ry, fill),
    leaves ? leaf(17, top, -14) : "",
    marks,
    shine(16 - rx * 0.55, 18 - ry * 0.45),
  ].join("");
}

/** Two or three of a small fruit. */
export function few(fill: string, rx = 6.5, ry = 7.5, marks = ""): string {
  const one = oval(16, 16, rx, ry, fill) + marks + shine(16 - rx * 0.5, 12);
  return `${line("M10 13Q12 5 18 3M22 14Q21 7 18 3", STEM, 1.3)}${leaf(18, 4, 10)}${several(one, [
    [10, 18],
    [22, 19],
    [15, 24],
  ])}`;
}

/** Many balls on one stalk. */
export function bunch(fill: string, spots: readonly number[][], r: number): string {
  const balls = spots.map(([x = 0, y = 0]) => ball(x, y, r, fill)).join("");
  return `${line("M16 10Q16 5 19 2", STEM, 1.6)}${balls}${leaf(17, 5, 6)}`;
}

/** Stalks that rise from a foot and end in leaves. */
export function greens(fill: string, stalk: string, width: number, foot = ""): string {
  const stalks = ["M14 29Q8 20 7 11", "M16 29Q15 18 16 8", "M18 29Q24 20 25 11"];
  const blades = [
    [7, 10, -24],
    [25, 10, 24],
    [16, 8, 0],
  ].map(([x = 0, y = 0, turn]) => oval(x, y, width, 7.5, fill, turn));
  return `${blades.join("")}${stalks.map((one) => line(one, stalk, 2.2)).join("")}${foot}`;
}

/** Long thin leaves, tied. */
export function blades(fill: string, foot: string, tie = "#b8430f"): string {
  const each = [-9, -6, -3, 0, 3, 6, 9].map((lean, at) =>
    line(
      `M16 30Q${16 + lean / 4} 18 ${16 + lean} ${3 + (at % 2) * 3}`,
      at % 2 ? fill : "#3f7d34",
      2,
    ),
  );
  return `${each.join("")}${line("M15 30v-7M17 30v-7", foot, 2.2)}${line("M12.500 20h7", tie, 1.8)}`;
}

/** A long gourd hanging from its stalk. */
export function gourd(fill: string, rx: number, marks = "", turn = 32): string {
  return `<g transform="rotate(${turn} 16 16)">${line("M16 6V1", "#4c7a35", 2)}${oval(16, 17.5, rx, 12.5, fill)}${marks}</g>`;
}

/** Pods side by side; bumps are the beans in them. */
export function pods(fill: string, dark: string, width: number, bumps: number): string {
  const dots = Array.from({ length: bumps }, (_, at) =>
    line(`M${11 + (at * 10) / bumps + 1} ${15.4 + at * 0.1}h.5`, dark, width * 0.55),
  ).join("");
  const pod = `${line("M4 12Q16 22 28 12", fill, width)}<g transform="translate(0 1.500)">${dots}</g>${line("M28 12l2-2", "#4c7a35", 1.4)}`;
  return several(pod, [
    [16, 10, 0.98, -8],
    [16, 18, 0.98, 4],
    [16, 26, 0.98, -4],
  ]);
}

/** Petals about a middle. */
export function flower(fill: string, middle: string, petals: number, length = 12): string {
  const each = Array.from({ length: petals }, (_, at) =>
    oval(
      16,
      16 - length / 2 - 1,
      (length * 2.4) / petals + 0.8,
      length / 2,
      fill,
      (360 / petals) * at,
    ),
  );
  const turned = each.map((one) => one.replace(/rotate\((\S+) 16 [\d.]+\)/, "rotate($1 16 16)"));
  return `${turned.join("")}${ball(16, 16, length * 0.3, middle)}`;
}

/** A twig with leaves on both sides. */
export function sprig(fill: string = LEAF, stalk = "#6b8b3a", extra = ""): string {
  const leaves = [26, 19, 12].flatMap((y, at) => [
    leaf(16, y, -38, fill, 13 - at * 2),
    `<g transform="matrix(-1 0 0 1 32 0)">${leaf(16, y - 2, -38, fill, 13 - at * 2)}</g>`,
  ]);
  return `${line("M16 31V6", stalk, 1.6)}${leaves.join("")}${leaf(16, 8, -90, fill, 7)}${extra}`;
}

/** Many green buds on one foot. */
export const babyMustard = several(
  shape("M16 3q8 6 7 16-1 8-7 9-6-1-7-9Q8 9 16 3Z", "@a8cf6a") +
    line("M16 7v18M12 12q1 7 3 12M20 12q-1 7-3 12", "#dcedb6", 1.3),
  [
    [9, 18, 0.62, -28],
    [23, 18, 0.62, 28],
    [16, 12, 0.7],
    [12, 23, 0.55, -12],
    [20, 24, 0.55, 12],
  ],
);
