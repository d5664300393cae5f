import { mkdirSync, writeFileSync } from "node:fs";
import { cropPictures, groupPictures } from "#db/seed/drawings/crops/crop-pictures.ts";
import { cropSprite } from "#db/seed/drawings/crops/crop-sprite.ts";

// Draws the pictures of the crops anew, one file a group: node scripts/draw-crops.ts

mkdirSync("app/ui/crop-pictures", { recursive: true });
for (const [group, pictures] of Object.entries({ ...cropPictures, groups: groupPictures })) {
  writeFileSync(`app/ui/crop-pictures/${group}.svg`, cropSprite(pictures));
}
