import { aquaticPictures } from "./aquatic.ts";
import { driedPictures } from "./dried.ts";
import { eggMeatPictures } from "./eggs-meat.ts";
import { fruitPictures } from "./fruit.ts";
import { grainPictures } from "./grains.ts";
import { herbPictures } from "./herbs.ts";
import { honeyOilPictures } from "./honey-oil.ts";
import { mushroomPictures } from "./mushrooms.ts";
import { nutPictures } from "./nuts.ts";
import { rootPictures } from "./roots.ts";
import { teaSpicePictures } from "./tea-spices.ts";
import { vegetablePictures } from "./vegetables.ts";

/** By group and crop, as in reference/categories.json: what a farmer points at. */
export const cropPictures: Record<string, Record<string, string>> = {
  fruit: fruitPictures,
  vegetables: vegetablePictures,
  roots: rootPictures,
  grains: grainPictures,
  nuts: nutPictures,
  mushrooms: mushroomPictures,
  dried: driedPictures,
  "tea-spices": teaSpicePictures,
  "honey-oil": honeyOilPictures,
  herbs: herbPictures,
  "eggs-meat": eggMeatPictures,
  aquatic: aquaticPictures,
};

/** One crop stands for its group. */
export const groupPictures: Record<string, string> = Object.fromEntries(
  Object.entries({
    fruit: "apple",
    vegetables: "bok-choy",
    roots: "radish",
    grains: "rice",
    nuts: "walnut",
    mushrooms: "shiitake",
    dried: "jujube",
    "tea-spices": "tea",
    "honey-oil": "rape-honey",
    herbs: "ginseng",
    "eggs-meat": "egg",
    aquatic: "carp",
  }).map(([group, crop]) => [group, cropPictures[group]?.[crop] ?? ""]),
);
