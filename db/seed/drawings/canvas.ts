import type { Sprite } from "./rasterise.ts";

export const WIDTH = 1280;
export const HEIGHT = 960;
/** Smaller than a photo: of drawings no reader sees it, and a first start waits for some ninety. */
const SCALE = 0.75;

export interface Placed {
  sprite: Sprite;
  x: number; // middle
  y: number; // foot
  size: number; // height
  turn: number; // degrees
  isFlipped: boolean;
}

/** One copy with the shadow it throws on what lies beneath. */
export function paint(item: Placed, shadow: "beneath" | "aside" = "beneath"): string {
  const { sprite, x, y, size, turn, isFlipped } = item;
  const width = size * sprite.ratio;
  const middle = y - size / 2;
  const reach = Math.max(width, size * 0.5);
  const shade =
    shadow === "beneath"
      ? ellipse(x + reach * 0.06, y - size * 0.05, reach * 0.56, size * 0.16, "url(#shade)")
      : ellipse(x + reach * 0.1, middle + size * 0.14, reach * 0.58, size * 0.54, "url(#shade)");
  const flip = isFlipped ? " scale(-1 1)" : "";
  const place = `translate(${round(x)} ${round(middle)}) rotate(${round(turn)})${flip}`;
  return `${shade}<image href="${sprite.href}" transform="${place}" x="${round(-width / 2)}" y="${round(-size / 2)}" width="${round(width)}" height="${round(size)}"/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string): string {
  return `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(rx)}" ry="${round(ry)}" fill="${fill}"/>`;
}

export function sheet(defs: string, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH * SCALE}" height="${HEIGHT * SCALE}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>${SHARED}${defs}</defs>${body}<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#light)"/><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#corner)"/></svg>`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

// Morning light from the upper left, and corners that fall away as in a lens.
const SHARED = `
<radialGradient id="shade"><stop offset="0" stop-color="#24130a" stop-opacity=".62"/><stop offset=".55" stop-color="#24130a" stop-opacity=".34"/><stop offset="1" stop-color="#24130a" stop-opacity="0"/></radialGradient>
<radialGradient id="light" cx=".22" cy=".08" r=".95"><stop offset="0" stop-color="#fff0c4" stop-opacity=".42"/><stop offset=".5" stop-color="#fff0c4" stop-opacity=".08"/><stop offset="1" stop-color="#fff0c4" stop-opacity="0"/></radialGradient>
<radialGradient id="corner" cx=".5" cy=".48" r=".78"><stop offset=".62" stop-color="#2a160a" stop-opacity="0"/><stop offset="1" stop-color="#2a160a" stop-opacity=".34"/></radialGradient>`;
