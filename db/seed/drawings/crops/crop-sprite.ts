import { iconBody } from "../icon-body.ts";

/** Stands for one of own-produce.ts or an icon of fluent-emoji (MIT), where it does not mislead. */
export const icon = (name: string) => `icon:${name}`;

/** Hundredths of a field of 32 are less than a phone shows. */
const rounded = (body: string) => body.replace(/(\.\d\d)\d+/g, "$1");

/** An icon's own names made short, and told apart from those of its neighbours. */
function markedBody(name: string, mark: string): string {
  let body = iconBody(name);
  const ids = new Set([...body.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id));
  let number = 0;
  for (const id of [...ids].sort((a, b) => b.length - a.length)) {
    const short = `${mark}${(number++).toString(36)}`;
    body = body.replaceAll(`"${id}"`, `"${short}"`).replaceAll(`#${id})`, `#${short})`);
  }
  return body.replace(/ d="[^"]+"/g, rounded);
}

function mix(hex: string, other: number, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const mixed = parts.map((part) => Math.round(part + (other - part) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

const gradient = (id: string, hex: string) =>
  `<radialGradient id="${id}" cx=".36" cy=".28" r=".8"><stop stop-color="${mix(hex, 255, 0.4)}"/><stop offset=".5" stop-color="${hex}"/><stop offset="1" stop-color="${mix(hex, 20, 0.34)}"/></radialGradient>`;

/**
 * All pictures of a group as one SVG, side by side; "#code" after its address shows the one of
 * that crop. The gradients of a colour are shared, so that a group stays small.
 */
export function cropSprite(pictures: Record<string, string>): string {
  const colours = new Map<string, string>();
  const views: string[] = [];
  const drawings = Object.entries(pictures).map(([code, picture], at) => {
    const body = picture.startsWith("icon:")
      ? `<g stroke-linecap="butt" stroke="none">${markedBody(picture.slice(5), `${at.toString(36)}_`)}</g>`
      : picture.replace(/@([0-9a-f]{6})/g, (_, hex: string) => {
          const id = colours.get(hex) ?? `g${colours.size}`;
          colours.set(hex, id);
          return `url(#${id})`;
        });
    // A gap between neighbours: what reaches over the edge of one is not seen in the next.
    views.push(`<view id="${code}" viewBox="${at * 40} 0 32 32"/>`);
    return `<svg x="${at * 40}" width="32" height="32">${body}</svg>`;
  });
  const defs = [...colours].map(([hex, id]) => gradient(id, `#${hex}`)).join("");
  const width = Object.keys(pictures).length * 40;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 32">${views.join("")}<defs>${defs}</defs><g fill="none" stroke-linecap="round" stroke-linejoin="round">${drawings.join("\n")}</g></svg>\n`;
}
