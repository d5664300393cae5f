import { icon } from "./crop-sprite.ts";
import { basket } from "./goods.ts";
import { leafGreenPictures } from "./leaf-greens.ts";
import { babyMustard, blades, gourd, greens, pods, sprig } from "./plants.ts";
import { ball, leaf, line, oval, several, shape, shine } from "./strokes.ts";

const GREEN = "@5f9a3c";

export const vegetablePictures: Record<string, string> = {
  cabbage: icon("napa-cabbage"),
  "round-cabbage":
    ball(16, 17, 13.5, "@8fbf62") +
    shape("M16 5c8 1 12 7 11 15-5-2-10-7-11-15ZM16 5C8 6 4 12 5 20c5-2 10-7 11-15Z", "@a9d27c") +
    line("M16 6v23M16 14q5 2 8 9M16 14q-5 2-8 9M16 21q3 2 4 6M16 21q-3 2-4 6", "#e9f5cf", 1.1),
  "bok-choy":
    oval(7.5, 10, 6, 8.5, "@3f8a3a", -14) +
    oval(24.5, 10, 6, 8.5, "@3f8a3a", 14) +
    oval(16, 8.5, 6.5, 8.5, "@4f9a42") +
    shape("M16 12q3 6 6 3l5-3q-2 8-3 13-2 6-8 6t-8-6q-1-5-3-13l5 3q3 3 6-3Z", "@e3f0cd") +
    line("M16 14v15M11 17q1 7 3 12M21 17q-1 7-3 12", "#b5cf8c", 1),
  spinach: greens("@2f7a38", "#7fb05a", 4.8, line("M14 29l2 2 2-2M16 28v3", "#d0607e", 2)),
  lettuce:
    several(
      shape(
        "M16 4q4-3 6 1 5 0 4 5 4 3 1 7 1 5-4 6-2 4-7 4t-7-4q-5-1-4-6-3-4 1-7-1-5 4-5 2-4 6-1Z",
        "@9ccf4e",
      ),
      [[16, 15.5, 1.1]],
    ) +
    shape("M16 9q3-2 4 1 4 1 2 5 1 5-3 7h-6q-4-2-3-7-2-4 2-5 1-3 4-1Z", "@c4e37f") +
    line("M16 29V13M16 22l5-6M16 24l-5-7", "#f0f8d6", 1.4),
  celery:
    [9, 13, 17, 21]
      .map((x) => line(`M${x} 30V11`, x % 8 === 1 ? "#b9d98a" : "#a3cb72", 3.6))
      .join("") +
    several(
      leaf(10, 16, 0, GREEN, 8) + leaf(16, 16, -60, GREEN, 8) + leaf(14, 16, -120, GREEN, 8),
      [
        [9, 9],
        [17, 7],
        [23, 10],
        [13, 6],
      ],
    ),
  chives: blades("#5c9c40", "#eef2dc"),
  "spring-onion":
    line("M12 18Q12 8 6 2M12 18Q13 8 14 1M20 18Q20 8 24 2M20 18Q19 8 18 2", "#4f9440", 2.6) +
    line("M12 27V15M20 27V15", "#f7f6ea", 4.6) +
    line("M12 28l-2 3M12 28v3M12 28l2 3M20 28l-2 3M20 28v3M20 28l2 3", "#c9bd96", 0.8),
  "garlic-shoot":
    line("M6 28Q10 14 6 4M11 29Q13 14 15 3M17 29Q19 16 25 5M22 29Q24 20 29 14", "#6aa544", 2.6) +
    line("M6 28l.5-4M11 29l.3-4M17 29l.4-4M22 29l.4-4", "#eef0d6", 3) +
    several(shape("M16 6q3 5 0 9-3-4 0-9Z", "#cfe0a0"), [
      [6, 5],
      [15, 4],
      [26, 5],
    ]),
  coriander: sprigOf("@4f9a42"),
  "water-spinach":
    line("M14 31Q10 18 8 6M17 31Q18 18 22 5M19 31Q24 22 28 16", "#a9cf7c", 2) +
    [
      [9, 9, 200],
      [8, 6, -100],
      [11, 17, 205],
      [21, 9, -30],
      [22, 5, -90],
      [19, 18, 10],
      [28, 16, -60],
    ]
      .map(([x = 0, y = 0, turn]) => leaf(x, y, turn, GREEN, 9))
      .join(""),
  "fern-shoot":
    line("M9 31Q11 18 9 11q-1-5 3-5t3 4-4 2M17 31Q17 20 18 13q0-6 4-6t3 5-4 2", "#6f9a3f", 2.8) +
    line("M22 31Q22 26 25 22q3-3 4 0t-3 2", "#8aa84d", 2.2) +
    line("M10 24l-2-1M10 19l-2-1M17 25l2-1M17 20l2-1", "#5b7a33", 1),
  toon: sprig(
    "@9c4a3a",
    "#8a3b33",
    leaf(16, 8, -60, "@b35c45", 8) + leaf(16, 8, -120, "@b35c45", 8),
  ),
  houttuynia:
    line("M4 29q6-4 10-2t12-2M6 25q6-2 9 0M8 29l-1 2M14 27l0 3M20 27l1 3", "#f0e6d2", 2.4) +
    line("M14 26Q15 16 14 8", "#8a5a4a", 1.5) +
    several(shape("M16 25C6 19 6 10 11 9q4-.5 5 3 1-3.500 5-3c5 1 5 10-5 16Z", "@4c8a4a"), [
      [9, 13, 0.6, -20],
      [21, 11, 0.7, 20],
      [15, 6, 0.5],
    ]),
  broccoli:
    shape("M12 17h8l2 12q-6 3-12 0Z", "@a9c97a") +
    [
      [8, 16],
      [24, 16],
      [12, 18],
      [20, 18],
      [7, 11],
      [25, 11],
      [12, 7],
      [20, 7],
      [16, 12],
    ]
      .map(([x = 0, y = 0]) => ball(x, y, 5, "@3f8a3a"))
      .join(""),
  cauliflower:
    [
      [5, 20, -40],
      [27, 20, 40],
      [9, 26, -20],
      [23, 26, 20],
    ]
      .map(([x = 0, y = 0, turn]) => oval(x, y, 5, 8, "@7db04c", turn))
      .join("") +
    [
      [9, 15],
      [14, 10],
      [20, 10],
      [24, 15],
      [12, 19],
      [20, 19],
      [16, 15],
      [16, 22],
    ]
      .map(([x = 0, y = 0]) => ball(x, y, 4.6, "@f4ecd2"))
      .join(""),
  tomato:
    oval(16, 18.5, 13, 11.5, "@d8331f") +
    shine(8, 14) +
    shape(
      "M16 9q-3-4-7-2 2 1 2 4-3 0-4 3 4 0 6-2l3 4 3-4q2 2 6 2-1-3-4-3 0-3 2-4-4-2-7 2Z",
      "#4f8a35",
    ) +
    line("M16 9V4", "#4f8a35", 1.8),
  cucumber: icon("cucumber"),
  eggplant:
    shape("M10 8q7-2 9 4 1 4 5 7 5 4 3 8-3 4-9 3-10-2-12-12-1-7 4-10Z", "@4a2363") +
    shape("M8 12q-1-5 3-6 6-1 7 4-3-1-5 1-2-1-5 1Z", "#5f9a3c") +
    line("M11 6Q9 4 9 1", "#4f7a30", 2.2) +
    shine(11, 14),
  pepper:
    oval(9.5, 18, 6.5, 10.5, "@4f9a35") +
    oval(22.5, 18, 6.5, 10.5, "@4f9a35") +
    oval(16, 19, 6.5, 11, "@5faa3f") +
    shape("M10 9q6-3 12 0-6 3-12 0Z", "#3a7a28") +
    line("M16 9q0-4 2-6", "#3a7a28", 2.6) +
    shine(8, 13),
  chili:
    shape("M18 7q5-1 6 4-1 14-19 19Q2 31 3 29 14 24 15 12q0-4 3-5Z", "@c9251f") +
    shape("M15 9q1-5 6-4t5 6q-3-3-5-2t-6 0Z", "#5f9a3c") +
    line("M21 5q0-3 3-4", "#4f7a30", 2) +
    shine(18, 11),
  pumpkin: icon("pumpkin"),
  "winter-melon": gourd(
    "@6f9f6a",
    9.5,
    oval(16, 19, 6, 9, "#ffffff26") + line("M12 12v13M20 12v13", "#e4efe0", 0.7),
    62,
  ),
  "bitter-gourd": gourd(
    "@8ec24b",
    6.2,
    line(
      "M13 9h.1M16 10h.1M19 12h.1M12 14h.1M15.500 15h.1M19 17h.1M12 19h.1M15.500 20h.1M18.500 22h.1M13 24h.1M16 26h.1",
      "#4f8a2c",
      2,
    ),
    40,
  ),
  luffa: gourd(
    "@6fae4a",
    4.6,
    line("M13.500 8q-1 10 0 19M16 7v22M18.500 8q1 10 0 19", "#447a2c", 0.8),
    38,
  ),
  chayote:
    shape(
      "M15 3c5-1 6 3 8 7 3 4 5 8 4 13-1 6-6 8-11 8S6 28 5 22c-1-5 1-9 4-12 2-3 2-6 6-7Z",
      "@a9cf6a",
    ) +
    line("M15 31v-7M12 28q-1-9 0-14M20 28q2-8 0-14", "#6d9a3a", 1) +
    shine(10, 13),
  "green-bean": pods("#6fae3f", "#568f2f", 3.6, 4),
  cowpea:
    line(
      "M12 3Q4 12 10 22t-3 8M15 2Q10 14 16 22t0 8M18 2Q19 14 22 20t1 10M21 3Q28 12 26 20t3 8",
      "#7fb552",
      2.3,
    ) + line("M12 3q5-3 9 0", "#7a5a33", 2),
  pea: icon("pea-pod"),
  "broad-bean":
    several(
      shape("M3 19q3-9 13-8t14-2q1 9-9 12T3 19Z", "@7fb04a") +
        oval(9, 17, 3, 2.2, "#5d8a33") +
        oval(15.5, 16.3, 3, 2.2, "#5d8a33") +
        oval(22, 14.8, 3, 2.2, "#5d8a33"),
      [[15, 9, 0.95, -8]],
    ) +
    several(
      shape("M8 14q8-6 15 1 2 7-7 7T8 14Z", "@a9c76a") + line("M9.500 13q-2 3 0 5", "#3a2f22", 1.6),
      [
        [10, 24, 0.75],
        [23, 23, 0.75, 30],
      ],
    ),
  okra: several(
    shape("M8 4h4l1 2q2 12-3 25Q5 18 7 6Z", "@6fa544") +
      line("M10 7v20M8 8q-1 8 1 14M12 8q1 8-1 14", "#4a7a2c", 0.7),
    [
      [16, 17, 0.95, 0],
      [23, 17, 0.95, 14],
      [29, 18, 0.9, 30],
    ],
  ),
  sweetcorn: `<g transform="rotate(28 16 16)">${oval(16, 13, 6.5, 12.5, "@f2bf2e")}${line("M12 6v15M16 3v18M20 6v15", "#c98f10", 0.8)}${line("M10.500 9h11M10 12.500h12M10 16h12M11.500 5.500h9", "#c98f10", 0.8)}${shape("M16 31Q6 28 7 13q5 6 9 18ZM16 31q10-3 9-18-5 6-9 18Z", "@6fa544")}${line("M16 31v1", "#6f9a3c", 2.4)}</g>`,
  daylily: [
    [9, -14],
    [16, 0],
    [23, 14],
  ]
    .map(
      ([x = 16, turn = 0]) =>
        `<g transform="rotate(${turn} ${x} 28)">${line(`M${x} 30V20`, "#6f9a3f", 1.6)}${shape(`M${x} 3q4 6 3 12t-3 7q-3-1-3-7t3-12Z`, "@f0b62e")}${line(`M${x} 5v15`, "#c47d12", 0.8)}</g>`,
    )
    .join(""),
  "baby-mustard": babyMustard,
  ...leafGreenPictures,
  "other-vegetables": basket,
};

/** Feathered leaves on thin stalks. */
function sprigOf(fill: string): string {
  const feather = several(ball(16, 16, 3.4, fill), [
    [12, 15],
    [16, 11],
    [20, 15],
    [13, 19],
    [19, 19],
  ]);
  return (
    line("M16 31Q13 22 8 14M16 31V10M16 31Q19 22 24 14", "#7fb05a", 1.5) +
    several(feather, [
      [8, 11, 0.9],
      [16, 7, 1],
      [24, 11, 0.9],
      [11, 19, 0.6],
      [21, 19, 0.6],
    ])
  );
}
