// What fluent-emoji lacks, in its manner: soft light from the upper left, no outlines. 32 × 32.

const ball = (id: string, light: string, middle: string, dark: string) =>
  `<radialGradient id="${id}" cx=".36" cy=".3" r=".75"><stop offset="0" stop-color="${light}"/><stop offset=".5" stop-color="${middle}"/><stop offset="1" stop-color="${dark}"/></radialGradient>`;
const down = (id: string, top: string, bottom: string) =>
  `<linearGradient id="${id}" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`;
const defs = (...parts: string[]) => `<defs>${parts.join("")}</defs>`;
const calyx = (x: number, y: number, green: string) =>
  `<path transform="translate(${x} ${y})" d="M0-2C2-4 5-4 7-2 5-1 4 1 3 2 2 1 1 2 0 3-1 2-2 1-3 2-4 1-5-1-7-2-5-4-2-4 0-2Z" fill="${green}"/>`;

const berryCluster = (spots: [number, number, number][], id: string) =>
  spots
    .map(
      ([x, y, r]) =>
        `<circle cx="${x}" cy="${y}" r="${r}" fill="url(#${id})"/><circle cx="${x - r * 0.35}" cy="${y - r * 0.4}" r="${r * 0.22}" fill="#fff" fill-opacity=".55"/>`,
    )
    .join("");

export const OWN_PRODUCE: Record<string, string> = {
  walnut: `${defs(ball("a", "#ecc890", "#c4935a", "#855527"))}<path d="M16 3C24 3 29 9 29 16 29 24 23 29 16 30 9 29 3 24 3 16 3 9 8 3 16 3Z" fill="url(#a)"/><path d="M16 3C17 9 15 22 16 30" stroke="#7a4c22" stroke-width="1.5" fill="none"/><path d="M11 7C7 10 12 12 8 15 5 18 11 19 8 24M13 11c-3 2 1 5-2 7s2 4 0 7M21 7c4 3-1 5 3 8 3 3-3 4 0 9M19 11c3 2-1 5 2 7s-2 4 0 7" stroke="#8a5a2b" stroke-width="1.1" fill="none" stroke-linecap="round"/><path d="M9 7c1-1 3-2 4-2" stroke="#fff3d6" stroke-width="1.2" stroke-linecap="round" opacity=".7"/>`,
  "sichuan-pepper": `${defs(ball("a", "#e8705a", "#b3302b", "#6d1519"), ball("b", "#6b5a66", "#2a2029", "#0d090d"))}<path d="M16 31C15 24 14 18 9 12M15 22c3-4 6-6 9-8M14 18c0-5 2-9 3-12" stroke="#6b7a35" stroke-width="1.3" fill="none"/><path d="M18 29c4-5 9-4 11-2-3 3-7 4-11 2Z" fill="#5d8f3a"/><path d="M14 28C10 24 5 25 3 27c3 3 7 3 11 1Z" fill="#6fa046"/>${berryCluster(
    [
      [9, 11, 4.2],
      [17, 6, 4.2],
      [24, 12, 4.2],
      [16, 13.5, 4.2],
      [6, 18, 3.8],
      [12, 19.5, 4],
      [20, 20, 4],
      [26.5, 19, 3.6],
    ],
    "a",
  )}<circle cx="17.2" cy="14.5" r="1.9" fill="url(#b)"/><circle cx="24.4" cy="12.8" r="1.8" fill="url(#b)"/><circle cx="9.2" cy="11.8" r="1.7" fill="url(#b)"/>`,
  chestnut: `${defs(ball("a", "#c98552", "#84421f", "#43190b"))}<path d="M16 1c1 2 2 3 4 4 6 2 11 9 10 16-1 6-7 9-14 9S3 27 2 21C1 14 6 7 12 5c2-1 3-2 4-4Z" fill="url(#a)"/><path d="M2.500 22c5-3 22-3 27 0-1 5-7 8-13.500 8S4 27 2.500 22Z" fill="#d9b487"/><path d="M2.500 22c5-3 22-3 27 0" stroke="#5b2a12" stroke-opacity=".5" stroke-width="1" fill="none"/><path d="M11 9c-3 2-4 5-4.500 8" stroke="#ffe6c8" stroke-width="1.700" stroke-linecap="round" fill="none" opacity=".75"/><path d="M17 8c-1 4-1 7 0 11M22 10c0 3 1 6 2 9" stroke="#3f180a" stroke-opacity=".35" stroke-width=".9" fill="none" stroke-linecap="round"/>`,
  goji: `${defs(ball("a", "#ff9a6b", "#e2412a", "#a31b16"))}<path d="M16 1v6" stroke="#7d8f3d" stroke-width="1.6" stroke-linecap="round"/><path d="M16 5C22 6 24 13 23 19 22 26 19 31 16 31 13 31 10 26 9 19 8 13 10 6 16 5Z" fill="url(#a)"/>${calyx(16, 6, "#76963f")}<path d="M12.5 12c-1 3-.6 6 0 8" stroke="#ffe1cf" stroke-width="1.4" stroke-linecap="round" fill="none" opacity=".8"/>`,
  jujube: `${defs(ball("a", "#d9654a", "#97231f", "#561013"))}<path d="M16 4C23 4 26 10 26 17 26 25 22 30 16 30 10 30 6 25 6 17 6 10 9 4 16 4Z" fill="url(#a)"/><path d="M16 6c-1-2 0-4 1-5" stroke="#6d5a2b" stroke-width="1.6" stroke-linecap="round" fill="none"/><ellipse cx="16" cy="5.5" rx="4" ry="1.5" fill="#5e1413"/><path d="M10 13c1 2 0 4 1 6M21 12c-1 3 1 5 0 9M15 22c1 2 0 4 1 5" stroke="#5b1113" stroke-width=".9" fill="none" stroke-linecap="round" opacity=".7"/><path d="M11 9c-1 1-2 3-2 5" stroke="#ffd9c7" stroke-width="1.5" stroke-linecap="round" opacity=".75"/>`,
  persimmon: `${defs(ball("a", "#ffc06a", "#f3802a", "#c24d12"))}<ellipse cx="16" cy="19" rx="14" ry="11.5" fill="url(#a)"/><path d="M16 9C12 4 6 6 5 9c3-1 4 1 5 3 2-1 4-2 6-1 2-1 4 0 6 1 1-2 2-4 5-3-1-3-7-5-11 0Z" fill="#6b8b3a"/><path d="M16 10V5" stroke="#6a4e2a" stroke-width="2" stroke-linecap="round"/><path d="M7 17c0 3 1 5 2 6" stroke="#fff0d0" stroke-width="1.7" stroke-linecap="round" fill="none" opacity=".75"/>`,
  pomegranate: `${defs(ball("a", "#ff9b86", "#d8413f", "#8e1729"), ball("b", "#ff8f9b", "#c91f3c", "#7c0b24"))}<path d="M12 6 11 1l3 2 2-2.4L18 3l3-2-1 5Z" fill="#c13a35"/><circle cx="16" cy="18" r="13" fill="url(#a)"/><path d="M14 10c7-2 12 3 12 9 0 5-4 9-8 9-6-3-9-12-4-18Z" fill="#f9dfa8"/>${berryCluster(
    [
      [17, 14, 2.2],
      [21, 14.5, 2.2],
      [16, 18.4, 2.2],
      [20, 18.8, 2.3],
      [23.6, 18.4, 2],
      [18, 22.6, 2.2],
      [22, 22.6, 2.1],
      [19.6, 26, 1.7],
    ],
    "b",
  )}<path d="M6 14c-1 3-1 6 0 8" stroke="#ffe3da" stroke-width="1.5" stroke-linecap="round" fill="none" opacity=".8"/>`,
  plum: `${defs(ball("a", "#a98bd8", "#63388f", "#321650"))}<path d="M16 5C24 2 30 9 29 17 28 25 22 30 16 30 10 30 4 25 3 17 2 9 8 2 16 5Z" fill="url(#a)"/><path d="M16 5c-2 6-2 14 1 22" stroke="#3d1b5f" stroke-width="1.1" fill="none" opacity=".7"/><path d="M16 6c0-3 1-4 2-5" stroke="#6a4e2a" stroke-width="1.7" stroke-linecap="round" fill="none"/><path d="M18 4c3-4 8-3 9-1-3 3-6 3-9 1Z" fill="#6fa046"/><path d="M8 10c-2 2-2 5-2 7" stroke="#efe3ff" stroke-width="1.8" stroke-linecap="round" fill="none" opacity=".7"/>`,
  loquat: `${defs(ball("a", "#ffe09a", "#f8b23c", "#cf7a18"))}<path d="M15 4C22 4 28 11 28 19 28 26 23 31 16 31 9 31 4 26 4 19 4 11 9 4 15 4Z" fill="url(#a)"/><path d="M13 29c1-2 2-2 3-1 1-1 2-1 3 1" stroke="#7a5522" stroke-width="1.4" fill="none" stroke-linecap="round"/><path d="M15 5c0-2 0-3-1-4" stroke="#7b5a30" stroke-width="2.2" stroke-linecap="round"/><path d="M15 4c4-5 11-3 14 0-5 3-10 4-14 0Z" fill="#4f8440"/><path d="M9 13c-1 3-1 6 0 8" stroke="#fffbe6" stroke-width="1.7" stroke-linecap="round" fill="none" opacity=".8"/>`,
  pumpkin: `${defs(ball("a", "#ffc067", "#ee8526", "#b3510f"), down("b", "#7b9b46", "#4c6a2b"))}<ellipse cx="7.5" cy="19" rx="6.5" ry="10" fill="url(#a)"/><ellipse cx="24.5" cy="19" rx="6.5" ry="10" fill="url(#a)"/><ellipse cx="11.5" cy="19" rx="6" ry="11.3" fill="url(#a)"/><ellipse cx="20.5" cy="19" rx="6" ry="11.3" fill="url(#a)"/><ellipse cx="16" cy="19" rx="5" ry="11.8" fill="url(#a)"/><path d="M15 9c0-3-1-5-3-7l4-1c2 2 2 5 2 8Z" fill="url(#b)"/><path d="M11 9c2 1 8 1 10 0l-2-2h-6Z" fill="#5f7f36"/>`,
  radish: `${defs(ball("a", "#ffffff", "#f6f3ea", "#c9cbb8"), down("b", "#8fc152", "#3f7d34"))}<path d="M15 10C12 6 8 2 4 3c2 3 6 6 10 9ZM17 10C17 5 19 1 23 0c1 4-2 8-4 11ZM16 10C14 5 13 3 14 0c3 2 4 6 4 10Z" fill="url(#b)"/><path d="M10 12c2-3 10-3 12 0 1 7-2 15-6 20-4-5-7-13-6-20Z" fill="url(#a)"/><path d="M10 12c2-3 10-3 12 0 0 2 0 3-.3 4.500C19 15 13 15 10.300 16.500 10 15 10 14 10 12Z" fill="#b9d68a" opacity=".7"/><path d="M11.500 19h3M17 23h3M14 26h2" stroke="#c3c3ac" stroke-width=".8" stroke-linecap="round"/>`,
  "lotus-root": `${defs(ball("a", "#fdf0dc", "#ecd0a8", "#b98d5c"))}<ellipse cx="21" cy="21" rx="11" ry="9" transform="rotate(28 21 21)" fill="url(#a)"/><ellipse cx="12" cy="13" rx="10.500" ry="11" transform="rotate(28 12 13)" fill="#d9b685"/><ellipse cx="11" cy="12.500" rx="9.600" ry="10.200" transform="rotate(28 11 12.500)" fill="#fff6e6"/>${[0, 51, 103, 154, 206, 257, 309].map((turn) => `<ellipse cx="11" cy="6.600" rx="1.700" ry="2.300" transform="rotate(${turn} 11 12.500)" fill="#9c7448"/>`).join("")}<circle cx="11" cy="12.500" r="1.500" fill="#9c7448"/>`,
  "bamboo-shoot": `${defs(down("a", "#d9b25f", "#8c5f2b"), down("b", "#c99a4b", "#6f4720"))}<path d="M16 0c4 6 9 16 9 24 0 5-4 8-9 8s-9-3-9-8C7 16 12 6 16 0Z" fill="url(#a)"/><path d="M16 6c6 6 9 13 9 19-5-1-9-6-9-19ZM16 6C10 12 7 19 7 25c5-1 9-6 9-19Z" fill="url(#b)" opacity=".8"/><path d="M16 16c4 4 6 9 6 14-4-1-6-6-6-14ZM16 16c-4 4-6 9-6 14 4-1 6-6 6-14Z" fill="#e2bf74"/><path d="M15 1c-2 2-3 3-3 6M17 1c2 2 3 3 3 6" stroke="#6d8f3a" stroke-width="1.600" fill="none" stroke-linecap="round"/><path d="M9 31h14" stroke="#f3e2b4" stroke-width="2" stroke-linecap="round"/>`,
  "napa-cabbage": `${defs(down("a", "#a9cf63", "#6fa23f"), down("b", "#cfe49a", "#93bf57"), down("c", "#f3f6d8", "#fffef2"))}<path d="M16 1C24 0 30 6 28 14c-1 8-5 17-12 17S5 22 4 14C2 6 8 0 16 1Z" fill="url(#a)"/><path d="M10 4c-5 4-5 12-2 19 2 5 5 8 8 8V9C15 5 13 3 10 4Z" fill="url(#b)"/><path d="M22 4c5 4 5 12 2 19-2 5-5 8-8 8V9c1-4 3-6 6-5Z" fill="#b9d878"/><path d="M16 8c3 5 4 10 4 15 0 4-2 8-4 8s-4-4-4-8c0-5 1-10 4-15Z" fill="url(#c)"/><path d="M8 10c1 5 3 9 4 13M24 10c-1 5-3 9-4 13M16 12v16" stroke="#fdfff0" stroke-width="1" fill="none" stroke-linecap="round" opacity=".85"/>`,
  "wood-ear": `${defs(ball("a", "#8d6a58", "#4b342c", "#1f1412"), ball("b", "#a98573", "#5c4138", "#2b1c19"))}<path d="M3 15C3 7 10 2 17 3c8 1 13 7 12 14-1 4-4 3-5 6-1 4-5 7-9 6-3-1-3-4-6-5-4-1-6-5-6-9Z" fill="url(#a)"/><path d="M8 15c1-5 5-8 10-7 5 0 8 4 7 8-1 3-4 2-5 5-1 2-3 4-5 3-2 0-2-3-4-4-2 0-4-2-3-5Z" fill="url(#b)"/><path d="M12 16c1-3 4-4 7-3 2 1 3 3 1 5-2 1-2 3-4 3s-5-2-4-5Z" fill="#3a2621"/><path d="M7 10c2-3 5-4 8-4" stroke="#d9bfae" stroke-width="1.200" stroke-linecap="round" fill="none" opacity=".7"/>`,
  "tea-leaves": `${defs(down("a", "#b8d566", "#5d9238"), down("b", "#86b94a", "#376f2c"))}<path d="M16 31C16 24 15 19 16 13" stroke="#7a9c44" stroke-width="1.800" stroke-linecap="round"/><path d="M16 20C8 22 2 17 1 9c8 0 14 3 15 11Z" fill="url(#b)"/><path d="M16 18c8 3 14-2 15-10-8 0-14 2-15 10Z" fill="url(#a)"/><path d="M16 15c-4-4-4-10 0-15 4 5 4 11 0 15Z" fill="#d3e58c"/><path d="M3 10c5 2 9 5 12 9M29 9c-5 2-9 5-12 8" stroke="#e9f3bf" stroke-width=".9" fill="none" opacity=".8"/>`,
  buckwheat: `${defs(ball("a", "#8b6a56", "#4f372c", "#261712"))}<path d="M16 31C16 22 15 14 16 3M16 22c-3-3-6-5-9-5M16 19c3-3 6-5 9-5M16 14c-3-2-5-4-7-4" stroke="#b5544b" stroke-width="1.300" fill="none" stroke-linecap="round"/><path d="M16 27c4-4 10-3 13 1-5 2-10 2-13-1Z" fill="#6fa046"/>${[
    [6, 16],
    [10, 18],
    [9, 9],
    [13, 11],
    [16, 3],
    [18, 7],
    [14, 6],
    [25, 13],
    [21, 15],
    [20, 11],
    [7, 20],
    [24, 17],
  ]
    .map(([x = 0, y = 0], index) =>
      index % 3 === 2
        ? `<circle cx="${x}" cy="${y}" r="2" fill="#fbe4e6"/><circle cx="${x}" cy="${y}" r=".8" fill="#e7a2ac"/>`
        : `<path d="M${x} ${y - 2.6}l2.300 4.200h-4.600Z" fill="url(#a)" stroke="#4f372c" stroke-linejoin="round"/>`,
    )
    .join("")}`,
  "oil-bottle": `${defs(`<linearGradient id="a"><stop offset="0" stop-color="#b87711"/><stop offset=".3" stop-color="#ffd662"/><stop offset=".7" stop-color="#eda924"/><stop offset="1" stop-color="#a5660c"/></linearGradient>`)}<rect x="13.500" y="0" width="5" height="3.600" rx="1" fill="#7c4f2a"/><path d="M14 3h4v4c0 3 5 4 5 9v13c0 2-1 3-3 3h-8c-2 0-3-1-3-3V16c0-5 5-6 5-9Z" fill="url(#a)"/><rect x="9" y="17" width="14" height="9.500" fill="#fbf3df"/><rect x="9" y="17" width="14" height="1.200" fill="#b8430f"/><path d="M16 25c-3-2-3-4 0-6 3 2 3 4 0 6Z" fill="#e0a21c"/><path d="M12 12c-1 1-1.500 2-1.500 3.500" stroke="#fff6d0" stroke-width="1.200" stroke-linecap="round" fill="none"/>`,
};
