import type { Tone } from "./rasterise.ts";
import type { Scene } from "./scenes.ts";

/** How big one is drawn (pixels high), how far it may lie over (degrees), and where it looks well. */
export interface Look {
  size: number;
  turn: number;
  tone?: Tone;
  scenes: readonly [Scene, ...Scene[]];
}

const FRUIT: Look = { size: 210, turn: 24, scenes: ["basket", "crate", "tray", "spread"] };
const BERRY: Look = { size: 170, turn: 30, scenes: ["basket", "tray", "spread"] };
const ROOT: Look = { size: 190, turn: 40, scenes: ["crate", "basket", "spread"] };
const LONG: Look = { size: 250, turn: 16, scenes: ["crate", "basket", "spread"] };
const LEAF: Look = { size: 250, turn: 14, scenes: ["crate", "basket", "heap"] };
const DRY: Look = { size: 130, turn: 60, scenes: ["sack", "tray", "spread"] };
const GRAIN: Look = { size: 260, turn: 12, scenes: ["heap", "crate"] };
const VESSEL: Look = { size: 270, turn: 0, scenes: ["heap"] };
const BIG: Look = { size: 320, turn: 10, scenes: ["heap", "crate"] };
const ANIMAL: Look = { size: 400, turn: 0, scenes: ["meadow"] };

/** Everything that can be drawn: icons of fluent-emoji, and those of own-produce.ts. */
export const PRODUCE_LOOKS: Record<string, Look> = {
  "red-apple": { ...FRUIT, tone: { hue: 14 } },
  "green-apple": FRUIT,
  tangerine: FRUIT,
  lemon: FRUIT,
  lime: FRUIT,
  pear: FRUIT,
  peach: FRUIT,
  mango: FRUIT,
  "kiwi-fruit": { ...FRUIT, size: 180 },
  avocado: FRUIT,
  persimmon: FRUIT,
  pomegranate: FRUIT,
  tomato: { ...FRUIT, tone: { hue: 14 } },
  plum: { ...FRUIT, size: 165 },
  loquat: { ...FRUIT, size: 175 },
  cherries: { ...BERRY, tone: { hue: 12 } },
  strawberry: { ...BERRY, tone: { hue: 8 } },
  blueberries: BERRY,
  olive: BERRY,
  jujube: { ...DRY, size: 140 },
  grapes: { ...LONG, size: 260, scenes: ["basket", "crate", "tray"] },
  banana: { ...LONG, size: 240, scenes: ["crate", "basket", "heap"] },
  pineapple: { ...BIG, size: 330 },
  coconut: { ...BIG, size: 250 },
  melon: { ...BIG, size: 290 },
  watermelon: { ...BIG, size: 280 },
  pumpkin: { ...BIG, size: 290 },
  potato: ROOT,
  "roasted-sweet-potato": ROOT,
  carrot: LONG,
  radish: LONG,
  "lotus-root": { ...ROOT, size: 180 },
  "ginger-root": ROOT,
  onion: ROOT,
  garlic: { ...ROOT, size: 175 },
  "ear-of-corn": LONG,
  "bamboo-shoot": LONG,
  eggplant: { ...LONG, size: 230, tone: { brightness: 0.66, saturation: 0.72 } },
  cucumber: { ...LONG, size: 210 },
  "bell-pepper": FRUIT,
  "hot-pepper": { ...LONG, tone: { hue: 14 }, size: 190, scenes: ["tray", "basket", "spread"] },
  "pea-pod": { ...LONG, size: 200, scenes: ["tray", "basket", "spread"] },
  broccoli: LEAF,
  "leafy-green": LEAF,
  "napa-cabbage": LEAF,
  herb: LEAF,
  mushroom: { ...FRUIT, size: 185 },
  "brown-mushroom": { ...FRUIT, size: 185 },
  "wood-ear": { ...DRY, size: 175 },
  chestnut: DRY,
  walnut: DRY,
  peanuts: { ...DRY, size: 150 },
  beans: { ...DRY, size: 150 },
  "sichuan-pepper": { ...DRY, size: 150 },
  goji: { ...DRY, size: 120 },
  "tea-leaves": { ...DRY, size: 160, scenes: ["tray", "sack"] },
  buckwheat: GRAIN,
  "sheaf-of-rice": GRAIN,
  "cooked-rice": VESSEL,
  "honey-pot": VESSEL,
  jar: VESSEL,
  "oil-bottle": { ...VESSEL, size: 340 },
  "teacup-without-handle": { ...VESSEL, size: 210 },
  egg: { ...FRUIT, size: 150, scenes: ["basket", "tray", "spread"] },
  "cut-of-meat": { ...ROOT, size: 220, scenes: ["tray", "spread"] },
  "meat-on-bone": { ...ROOT, size: 220, scenes: ["tray", "spread"] },
  fish: { ...LONG, size: 180, turn: 12, scenes: ["basket", "tray"] },
  sunflower: { ...LONG, scenes: ["basket", "heap"] },
  rooster: ANIMAL,
  duck: { ...ANIMAL, size: 340 },
  pig: { ...ANIMAL, size: 330 },
  goat: ANIMAL,
  cow: ANIMAL,
  honeybee: { ...ANIMAL, size: 240 },
};
