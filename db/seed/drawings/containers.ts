import { ellipse, round } from "./canvas.ts";

/** A vessel is painted in two parts; what it holds goes between them. */
export interface Container {
  defs: string;
  behind: string;
  front: string;
}

const BAMBOO = `<pattern id="weave" width="56" height="40" patternUnits="userSpaceOnUse">
<rect width="56" height="40" fill="#8a5a28"/><rect x="2" y="2" width="24" height="17" rx="5" fill="#d9a75e"/><rect x="30" y="22" width="24" height="17" rx="5" fill="#cf9a50"/>
<rect x="30" y="1" width="11" height="20" rx="4" fill="#b98341"/><rect x="44" y="1" width="10" height="20" rx="4" fill="#c48d47"/><rect x="2" y="21" width="11" height="20" rx="4" fill="#b98341"/><rect x="16" y="21" width="10" height="20" rx="4" fill="#c48d47"/></pattern>
<linearGradient id="round"><stop offset="0" stop-color="#2a1608" stop-opacity=".38"/><stop offset=".3" stop-color="#fff3cf" stop-opacity=".22"/><stop offset=".65" stop-color="#2a1608" stop-opacity=".06"/><stop offset="1" stop-color="#2a1608" stop-opacity=".5"/></linearGradient>`;

export function basket(x: number, rim: number, rx: number, ry: number, deep: number): Container {
  const foot = rx * 0.8;
  const side = `M${x - rx} ${rim}C${x - rx} ${rim + deep * 0.5} ${x - foot} ${rim + deep * 0.8} ${x - foot} ${rim + deep}A${foot} ${ry * 0.7} 0 0 0 ${x + foot} ${rim + deep}C${x + foot} ${rim + deep * 0.8} ${x + rx} ${rim + deep * 0.5} ${x + rx} ${rim}A${rx} ${ry} 0 0 1 ${x - rx} ${rim}Z`;
  const lip = `M${x - rx} ${rim}A${rx} ${ry} 0 0 0 ${x + rx} ${rim}`;
  const back = `M${x - rx} ${rim}A${rx} ${ry} 0 0 1 ${x + rx} ${rim}`;
  return {
    defs: BAMBOO,
    behind: `${ellipse(x + 20, rim + deep + ry * 0.35, rx * 1.15, ry * 0.95, "url(#shade)")}${ellipse(x, rim, rx, ry, "#5d3a18")}${cane(back)}`,
    front: `<path d="${side}" fill="url(#weave)"/><path d="${side}" fill="url(#round)"/>${cane(lip)}`,
  };
}

function cane(path: string): string {
  return `<path d="${path}" fill="none" stroke="#7a4c1f" stroke-width="34" stroke-linecap="round"/><path d="${path}" fill="none" stroke="#dcae68" stroke-width="26" stroke-linecap="round"/><path d="${path}" fill="none" stroke="#a8732f" stroke-width="26" stroke-dasharray="7 25"/>`;
}

/** A crate of three boards, as stands at the collection station. */
export function crate(x: number, top: number, wide: number, deep: number): Container {
  const left = x - wide / 2;
  const board = deep / 3;
  const boards = [0, 1, 2].map((index) => {
    const y = top + index * board;
    return `<rect x="${left}" y="${round(y)}" width="${wide}" height="${round(board - 9)}" rx="4" fill="url(#board)"/><path d="M${left + 20} ${round(y + board * 0.3)}q${wide * 0.3} -9 ${wide * 0.5} 3t${wide * 0.42} -4M${left + 30} ${round(y + board * 0.62)}q${wide * 0.25} 9 ${wide * 0.45} -2t${wide * 0.4} 5" stroke="#7c4f25" stroke-opacity=".35" stroke-width="3" fill="none"/><rect x="${left}" y="${round(y)}" width="${wide}" height="3" fill="#fff0cf" fill-opacity=".5"/>`;
  });
  const post = (at: number) =>
    `<rect x="${at}" y="${top - 12}" width="46" height="${deep + 8}" rx="4" fill="#b5854e"/><rect x="${at}" y="${top - 12}" width="7" height="${deep + 8}" fill="#e0b680"/>${[0.17, 0.5, 0.83].map((part) => `<circle cx="${at + 24}" cy="${round(top + deep * part)}" r="5" fill="#6b4a2a"/>`).join("")}`;
  return {
    defs: `<linearGradient id="board" x2="0" y2="1"><stop offset="0" stop-color="#dcb37c"/><stop offset="1" stop-color="#b98850"/></linearGradient>`,
    behind: `${ellipse(x + 16, top + deep, wide * 0.6, 56, "url(#shade)")}<rect x="${left + 8}" y="${top - 70}" width="${wide - 16}" height="${deep}" fill="#4a2d14"/><rect x="${left + 8}" y="${top - 74}" width="${wide - 16}" height="26" rx="4" fill="#c4965c"/>`,
    front: `<rect x="${left}" y="${top}" width="${wide}" height="${deep - 9}" fill="#54351a"/>${boards.join("")}${post(left + 8)}${post(left + wide - 54)}`,
  };
}

/** A burlap sack with its mouth rolled down, for what is small and dry. */
export function sack(x: number, rim: number, rx: number, ry: number, deep: number): Container {
  const foot = rx * 1.16;
  const body = `M${x - rx} ${rim}C${x - rx * 1.25} ${rim + deep * 0.4} ${x - foot * 1.1} ${rim + deep * 0.9} ${x - foot * 0.86} ${rim + deep}Q${x} ${rim + deep + ry * 0.6} ${x + foot * 0.86} ${rim + deep}C${x + foot * 1.1} ${rim + deep * 0.9} ${x + rx * 1.25} ${rim + deep * 0.4} ${x + rx} ${rim}A${rx} ${ry} 0 0 1 ${x - rx} ${rim}Z`;
  const roll = (sweep: 0 | 1) => {
    const arc = `M${x - rx} ${rim}A${rx} ${ry} 0 0 ${sweep} ${x + rx} ${rim}`;
    return `<path d="${arc}" fill="none" stroke="#8f6b3f" stroke-width="56" stroke-linecap="round"/><path d="${arc}" fill="none" stroke="#cfae7b" stroke-width="46" stroke-linecap="round"/><path d="${arc}" fill="none" stroke="#b08c58" stroke-width="46" stroke-dasharray="3 7" stroke-opacity=".5"/>`;
  };
  return {
    defs: `<pattern id="burlap" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="10" height="10" fill="#c4a26d"/><path d="M0 2.5h10M0 7.5h10" stroke="#e2c796" stroke-width="2.4"/><path d="M2.5 0v10M7.5 0v10" stroke="#94733f" stroke-width="1.6" stroke-opacity=".55"/></pattern><linearGradient id="round"><stop offset="0" stop-color="#2a1608" stop-opacity=".42"/><stop offset=".32" stop-color="#fff3cf" stop-opacity=".2"/><stop offset="1" stop-color="#2a1608" stop-opacity=".5"/></linearGradient>`,
    behind: `${ellipse(x + 20, rim + deep + ry * 0.1, rx * 1.45, ry, "url(#shade)")}${ellipse(x, rim, rx, ry, "#4a2f14")}${roll(1)}`,
    front: `<path d="${body}" fill="url(#burlap)"/><path d="${body}" fill="url(#round)"/><path d="M${x - rx * 0.5} ${rim + deep * 0.3}q14 ${deep * 0.3} -10 ${deep * 0.6}M${x + rx * 0.35} ${rim + deep * 0.3}q-20 ${deep * 0.3} 16 ${deep * 0.6}" stroke="#6d4f27" stroke-opacity=".35" stroke-width="9" fill="none" stroke-linecap="round"/>${roll(0)}`,
  };
}

/** A winnowing tray seen from above. */
export function tray(x: number, y: number, radius: number): Container {
  return {
    defs: BAMBOO,
    behind: `${ellipse(x + 34, y + 44, radius * 1.14, radius * 1.14, "url(#shade)")}<circle cx="${x}" cy="${y}" r="${radius}" fill="url(#weave)"/><circle cx="${x}" cy="${y}" r="${radius}" fill="#f3d9a4" fill-opacity=".34"/><circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="#6f4519" stroke-width="44"/><circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="#dcae68" stroke-width="34"/><circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="#a8732f" stroke-width="34" stroke-dasharray="8 30"/><circle cx="${x}" cy="${y}" r="${radius - 24}" fill="none" stroke="#2a1608" stroke-opacity=".25" stroke-width="14"/>`,
    front: "",
  };
}
