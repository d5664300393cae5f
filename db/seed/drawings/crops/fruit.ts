import { icon } from "./crop-sprite.ts";
import { basket } from "./goods.ts";
import { bunch, few, fruit } from "./plants.ts";
import { ball, LEAF, leaf, line, oval, put, STEM, several, shape, shine } from "./strokes.ts";

const pores = (stroke: string) =>
  line("M10 16h.1M13 22h.1M19 14h.1M22 20h.1M17 26h.1M8 21h.1", stroke, 1.3);

const slice = (rim: string, flesh: string) =>
  ball(16, 16, 9, rim) +
  ball(16, 16, 7.8, "#fff3da") +
  Array.from(
    { length: 8 },
    (_, at) =>
      `<path d="M16 15l-2.400-5.300q2.400-1.700 4.800 0Z" fill="${flesh}" transform="rotate(${at * 45} 16 16)"/>`,
  ).join("");

const hang = "M13 12h.1M19 12h.1M9 16h.1";

export const fruitPictures: Record<string, string> = {
  apple:
    shape(
      "M16 10c6-5 14-1 13 7-1 8-6 13-9 13-2 0-3-1-4-1s-2 1-4 1c-3 0-8-5-9-13-1-8 7-12 13-7Z",
      "@d0392c",
    ) +
    line("M16 10q0-4 2-7", STEM, 1.8) +
    leaf(17, 6, -14) +
    shine(8, 13),
  pear: icon("pear"),
  orange:
    fruit("@f2811d", { marks: pores("#b8560b") }) + put(slice("#ee8420", "#ff9d2e"), 23, 23, 0.9),
  mandarin: icon("tangerine"),
  dekopon:
    shape(
      "M16 4c3 0 3 3 4 5 6 2 9 6 9 11 0 7-6 10-13 10S3 27 3 20C3 15 6 11 12 9c1-2 1-5 4-5Z",
      "@f0932b",
    ) +
    leaf(17, 4, -8) +
    pores("#b8640b"),
  pomelo:
    shape(
      "M16 2c4 0 5 5 8 9 3 3 5 6 5 10 0 6-6 9-13 9S3 27 3 21c0-4 2-7 5-10 3-4 4-9 8-9Z",
      "@d9d04f",
    ) +
    leaf(16, 3, -6) +
    pores("#a39a2b") +
    shine(10, 13),
  lemon: icon("lemon"),
  kumquat: few("@f59a23", 6, 7.5),
  peach: icon("peach"),
  plum: few("@7fae3c", 7.5, 8, line("M16 9q-3 7 0 14", "#54791f", 0.9)),
  apricot: fruit("@f6a94a", {
    rx: 12,
    ry: 11.5,
    marks: line("M17 7q-4 11 0 22", "#c4701c", 1.2) + oval(22, 20, 4, 6, "#e8603a66"),
  }),
  cherry:
    line("M10 20Q11 9 20 3Q23 11 22 20", "#5f8a35", 1.4) +
    leaf(19, 4, 14, LEAF, 11) +
    ball(10, 23, 7, "@b8182c") +
    ball(22, 23, 7, "@b8182c") +
    shine(7, 20) +
    shine(19, 20),
  bayberry: few(
    "@8f1638",
    7.5,
    7.5,
    line(
      "M12 12h.1M16 11h.1M20 13h.1M11 16h.1M15 15.500h.1M19 17h.1M13 20h.1M17 20.500h.1",
      "#d24a6c",
      2,
    ),
  ),
  strawberry: icon("strawberry"),
  blueberry: icon("blueberries"),
  grape: icon("grapes"),
  kiwi: icon("kiwi-fruit"),
  persimmon: icon("persimmon"),
  pomegranate: icon("pomegranate"),
  loquat: icon("loquat"),
  "jujube-fresh": few(
    "@8cab3a",
    6.5,
    8.5,
    shape("M10 13c0-9 11-8 12 0-3 4-9 3-12 0Z", "#9c4a2a99"),
  ),
  hawthorn: few(
    "@c3202b",
    7,
    7,
    line("M12 17h.1M19 19h.1M16 13h.1M14 21h.1", "#f3b9a0", 1.1) +
      line("M14 22.500h4", "#6d1519", 1.6),
  ),
  "roxburgh-rose": several(
    oval(16, 16, 8, 7, "@e2b23c") +
      line(
        "M8 14l-2-1M9 20l-2 2M13 9.500l-1-2.500M19 9.500l1-2.500M24 14l2-1M23 20l2 2M16 23v2.500M13 14h.1M18 17h.1M15 19h.1M20 13h.1",
        "#8a6216",
        1.2,
      ) +
      shape("M13 10l3-4 3 4Z", "#7b8f35"),
    [
      [11, 12],
      [21, 21],
    ],
  ),
  mango: icon("mango"),
  lychee:
    bunch(
      "@c8374a",
      [
        [9, 14],
        [18, 12],
        [24, 18],
        [14, 21],
        [21, 26],
        [9, 26],
      ],
      5.6,
    ) + line(`${hang}M23 17h.1M14 20h.1M20 25h.1M9 25h.1M16 24h.1`, "#7d1626", 1.2),
  longan: bunch(
    "@c29455",
    [
      [9, 14],
      [18, 12],
      [24, 18],
      [14, 21],
      [21, 26],
      [9, 26],
    ],
    5.4,
  ),
  banana: icon("banana"),
  pineapple: icon("pineapple"),
  "dragon-fruit":
    oval(15, 18, 11, 12, "@d93b78") +
    ["M6 15l-4-6 7 2M10 8 9 1l5 5M18 6l4-5 1 7M25 14l5-4-2 8M5 24l-4 1 5-6M26 24l4 2-6 3"]
      .map((d) => shape(d, "#8bb33f"))
      .join("") +
    oval(18, 20, 7.5, 8, "#fbf7f2") +
    line("M15 16h.1M19 15h.1M21 19h.1M16 20h.1M19 23h.1M14 23h.1M17 26h.1", "#2a2430", 1.3),
  "passion-fruit":
    ball(11, 13, 9.5, "@6b2f5e") +
    shine(6, 10) +
    ball(21, 21, 9.5, "@7a3a66") +
    ball(21, 21, 8, "#f6ead2") +
    ball(21, 21, 6.3, "#f0a821") +
    line("M19 19h.1M23 19h.1M21 22h.1M18 23h.1M24 23h.1M21 25.500h.1", "#33241c", 1.8),
  papaya: `<g transform="rotate(30 16 16)">${oval(16, 17, 8.5, 13.5, "@e89a34")}${oval(16, 17.5, 6.6, 11.5, "#f58549")}${oval(16, 18, 3.2, 8, "#e0602e")}${line("M15 13h.1M17 15h.1M15 17h.1M17 19h.1M15 21h.1M16 24h.1", "#2b2522", 2)}</g>`,
  watermelon: icon("watermelon"),
  melon: icon("melon"),
  sugarcane:
    line("M8 31 13 3M17 31 21 4M25 31 28 8", "#6b3350", 4.6) +
    line(
      "M6.500 24l5 1M8 15l5 1M10 7l5 1M15 23l5 1M16.500 14l5 1M23.500 25l5 1M25 17l5 1",
      "#c9a0b0",
      1.2,
    ) +
    leaf(13, 4, -60) +
    leaf(21, 5, -130) +
    oval(8, 30.5, 2.6, 1.3, "#f3ecc8"),
  fig:
    shape("M13 3c2 5 9 8 9 16 0 6-4 9-9.500 9S3 25 3 19C3 11 11 8 13 3Z", "@5f3058") +
    line("M12 8Q7 15 8 25M13 8q4 8 3 19", "#8f5f86", 0.9) +
    ball(22, 22, 8.5, "@7a4468") +
    ball(22, 22, 7.3, "#f3e3c6") +
    ball(22, 22, 5.6, "#c9405a") +
    line("M20 20h.1M24 20h.1M22 22.500h.1M19.500 24h.1M24.500 24h.1M22 26h.1", "#f6d98c", 1.3),
  mulberry:
    line("M11 12Q12 6 17 3M22 13Q20 7 17 3", STEM, 1.3) +
    leaf(17, 3, 12) +
    several(
      oval(16, 16, 5.6, 9, "@3f1538") +
        line(
          "M13 10h.1M16 9h.1M19 10h.1M12 14h.1M15 13h.1M18.500 14h.1M12.500 18h.1M16 17h.1M19.500 18h.1M14 21.500h.1M18 21.500h.1",
          "#82507c",
          2.4,
        ),
      [
        [11, 20, 1, 6],
        [22, 21, 1, -8],
      ],
    ),
  "sea-buckthorn":
    line("M5 30Q13 20 26 3", STEM, 2) +
    [
      [9, 24, -150],
      [13, 19, -10],
      [15, 17, -140],
      [20, 10, 0],
      [21, 9, -150],
      [26, 3, -30],
    ]
      .map(([x = 0, y = 0, turn]) => leaf(x, y, turn, "@7f9a5c", 10))
      .join("") +
    [
      [8, 27],
      [13, 24],
      [9, 20],
      [15, 20],
      [18, 17],
      [13, 15],
      [20, 13],
      [18, 9],
      [23, 9],
    ]
      .map(([x = 0, y = 0]) => ball(x, y, 3.2, "@f08a1c"))
      .join(""),
  "star-fruit":
    shape("M16 2l4 9 10 1-7 7 2 11-9-5-9 5 2-11-7-7 10-1Z", "@d9b92b") +
    shape(
      "M16 7l2.600 6.200 6.600.8-4.800 4.600 1.400 7.200-5.800-3.400-5.800 3.400 1.400-7.200-4.800-4.600 6.600-.8Z",
      "#f4e07a",
    ) +
    line("M16 18V9M16 18l8-4M16 18l5 7M16 18l-5 7M16 18l-8-4", "#c49d1c", 1) +
    line("M14.500 15h.1M17.500 15h.1M18 19.500h.1M14 19.500h.1", "#7c5d14", 1.6),
  "other-fruit": basket,
};
