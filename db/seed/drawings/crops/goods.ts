import { ball, line, oval, put, several, shape, shine } from "./strokes.ts";

// What comes loose, cut, dried, bottled or from a beast.

const HEAP = [
  ...[
    [5, 14],
    [10, 11],
    [16, 9.5],
    [22, 11],
    [27, 14],
    [8, 15],
    [13, 13.5],
  ],
  ...[
    [19, 13.5],
    [24, 15],
    [10, 17.5],
    [16, 16],
    [22, 17.5],
    [13, 18.5],
    [19, 18.5],
  ],
] as const;

/** A wooden bowl heaped with something small. */
export function bowl(fill: string, grain: string): string {
  const heap = shape("M3 18C5 11 11 7.500 16 7.500S27 11 29 18Z", fill);
  const vessel = shape("M2 17.500h28c0 8-5 12-9 12.500H11c-4-.5-9-4.500-9-12.500Z", "@a8743f");
  const grains = HEAP.filter(([, y]) => y < 17).map(([x, y]) => put(grain, x, y));
  return `${heap}${grains.join("")}${vessel}${line("M3 18h26", "#7d5228", 1.2)}`;
}

/** Beans or nuts on a heap, each seen by itself. */
export function heap(one: string, scale = 1): string {
  return several(one, [
    [16, 8, scale, 20],
    [9, 14, scale, -30],
    [22, 14, scale, 60],
    [15, 16, scale, 100],
    [6, 22, scale, 15],
    [14, 23, scale, -50],
    [21, 22, scale, 35],
    [27, 22.5, scale, -20],
  ]);
}

export const bean = (fill: string, mark = "#fff9") =>
  shape("M10 15c0-5 12-6 12 0 0 4-3 5-5 4s-2-1-3 0c-2 1-4-1-4-4Z", fill) +
  line("M14.500 18.500q1.500-1 3 0", mark, 0.8);

/** An ear of corn with awns or without, bent by its weight. */
export function ear(fill: string, stalk: string, r: number, awns = ""): string {
  const grains = Array.from({ length: 9 }, (_, at) => {
    const y = 3 + at * 2.1;
    const x = 21 - at * 0.6;
    return oval(x - 2.6, y + 1, r, r * 1.7, fill, 30) + oval(x + 2.6, y + 1, r, r * 1.7, fill, -50);
  });
  return `${line("M9 31Q14 22 21 4", stalk, 1.6)}${awns}${grains.join("")}`;
}

/** Roots of a herb, hanging from a crown. */
export function herbRoots(fill: string, width: number, crown = ""): string {
  const roots = ["M16 8Q8 14 6 29", "M16 8Q13 18 12 30", "M16 8Q18 19 18 31", "M16 8Q24 14 26 28"];
  return `${roots.map((one, at) => line(one, fill, width - (at % 2) * 0.8)).join("")}${shape("M10 9q0-6 6-6t6 6q-2 4-6 4t-6-4Z", fill)}${crown}`;
}

/** A mushroom: cap over stalk. */
export function mushroom(cap: string, stalk: string, d: string, width = 7, gills = ""): string {
  const foot = `M${16 - width / 2} 15Q${16 - width / 3} 24 ${15 - width / 2} 30h${width + 2}Q${16 + width / 3} 24 ${16 + width / 2} 15Z`;
  return shape(foot, stalk) + shape(d, cap) + gills;
}

/** A jar with a lid, and what stands on its label. */
export function jar(content: string, lid: string, label: string): string {
  return `${shape("M6 11q0-3 3-3h14q3 0 3 3v16q0 4-4 4H10q-4 0-4-4Z", content)}${shape("M8 3h16v5H8Z", lid)}${oval(16, 20, 7.5, 7, "#fdf6e3")}${put(label, 16, 20, 0.4)}${shine(9, 11)}`;
}

/** A tall bottle of oil, and what it is pressed from. */
export function bottle(oil: string, label: string): string {
  return `${shape("M13.500 0h5v4h-5Z", "#7c4f2a")}${shape("M14 3.500h4V8c0 3 5 4 5 9v12q0 3-3 3h-8q-3 0-3-3V17c0-5 5-6 5-9Z", oil)}${shape("M9 17h14v11H9Z", "#fdf6e3")}${put(label, 16, 22.5, 0.32)}${shine(12, 11)}`;
}

/** A glass of tea, and the leaf beside it. */
export function tea(liquor: string, dry: string, shapeOfLeaf: string): string {
  const leaves = several(`<g>${line(shapeOfLeaf, dry, 2.2)}</g>`, [
    [22, 27, 0.8, 0],
    [26, 25, 0.8, 50],
    [28, 29, 0.8, 20],
    [24, 30, 0.8, -30],
  ]);
  return `${shape("M3 7h19l-2 17q0 3-3 3H8q-3 0-3-3Z", "#e9eef0")}${shape("M4 11h17l-1.500 13q0 2-2.500 2H8q-2.500 0-2.500-2Z", liquor)}${oval(12.5, 11, 8.5, 1.6, "#fff6")}${leaves}`;
}

/** Eggs in straw. */
export function eggs(fill: string, rx: number, specks = ""): string {
  const one = oval(16, 15, rx, rx * 1.28, fill) + specks + shine(16 - rx * 0.5, 11);
  const straw = line("M2 26q6-4 14-1t14-2M3 30q8-4 14-2t12-2M4 22q5 4 12 3t12 2", "#d2a84e", 1.6);
  return `${several(one, [
    [10, 16, 0.95, -8],
    [22, 16, 0.95, 8],
    [16, 20],
  ])}${straw}`;
}

/** A fish seen from its left side. */
export function fish(back: string, belly: string, body: string, more = ""): string {
  return `${shape("M24 16l7-6q-2 6 0 12Z", back)}${shape("M11 10q5-5 10-2l-2 4ZM13 21l4 5 3-5Z", back)}${shape(body, back)}${shape("M3 17q10 9 22 0-11 4-22 0Z", belly)}${ball(7, 14.5, 1.3, "#221")}${line("M11 12q2 4 0 8", "#0004", 1)}${more}`;
}

/** What is none of the others: a basket, and in it nothing that could be mistaken for a crop. */
export const basket =
  line("M5 15Q7 2 16 2t11 13", "#8a5a2b", 2) +
  shape("M4 13h24l-3 16q-9 2-18 0Z", "@d2a84e") +
  shape("M2 12h28v4H2Z", "@b98a3a") +
  line("M9 17l1 12M16 17v13M23 17l-1 12M5 21h22M6 26h20", "#8a5a2b", 1) +
  line("M9 8h.1M16 7h.1M23 8h.1", "#5f9a3c", 4);
