// What the pictures of crops are made of, on a field of 32 × 32 as in fluent-emoji. A colour
// "#b33" is flat; "@b83a2b" is lit from the upper left: crop-sprite.ts turns it into a gradient.

export const LEAF = "@5f9a3c";
export const STEM = "#7a5a33";

export const shape = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;

export const line = (d: string, stroke: string, width = 1) =>
  `<path d="${d}" stroke="${stroke}" stroke-width="${width}"/>`;

export function oval(x: number, y: number, rx: number, ry: number, fill: string, turn = 0): string {
  const turned = turn === 0 ? "" : ` transform="rotate(${turn} ${x} ${y})"`;
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${turned}/>`;
}

export const ball = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

/** A drawing moved, turned (degrees) and made smaller about its own middle. */
export const put = (body: string, x: number, y: number, scale = 1, turn = 0) =>
  `<g transform="translate(${x} ${y})${turn ? ` rotate(${turn})` : ""} scale(${scale}) translate(-16 -16)">${body}</g>`;

export const shine = (x: number, y: number) =>
  `<path d="M${x} ${y}q-2 2-2 6" stroke="#fff" stroke-opacity=".6" stroke-width="1.6"/>`;

/** One leaf from its stalk at x, y. */
export const leaf = (x: number, y: number, turn = 0, fill = LEAF, length = 10) =>
  `<path d="M0 0C${length * 0.3}-${length * 0.45} ${length * 0.75}-${length * 0.45} ${length} 0 ${length * 0.7} ${length * 0.3} ${length * 0.3} ${length * 0.3} 0 0Z" fill="${fill}" transform="translate(${x} ${y}) rotate(${turn})"/>`;

/** The same thing at several places: [x, y, scale, turn]. */
export const several = (body: string, places: readonly number[][]) =>
  places.map(([x = 16, y = 16, scale = 1, turn = 0]) => put(body, x, y, scale, turn)).join("");
