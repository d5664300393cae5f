import type { Kysely } from "kysely";
import { finishPhoto } from "#app/domain/photos/finish-photo.ts";
import { keepPhoto } from "#app/domain/photos/keep-photo.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { makeVariants } from "#app/gateways/photo-pipeline.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import type { DB } from "#db/schema.d.ts";
import { counties } from "./counties.ts";
import { drawProduce } from "./drawings/draw-produce.ts";

const LOOKS = ["1", "2"];
/** Nobody's guard made this one: what is drawn belongs to no household. */
const SEED = { householdId: "seed" } as HouseholdScope;

/**
 * Draws the produce and sends the pictures through the same pipeline as a farmer's photos.
 * The answer names, by icon, the photos to choose from.
 */
export async function seedPhotos(
  db: Kysely<DB>,
  store: PhotoStore,
  onProgress: (line: string) => void,
): Promise<Map<string, string[]>> {
  const icons = [
    ...new Set(counties.flatMap((county) => county.products.map((product) => product.icon))),
  ];
  const made = new Map<string, string[]>();
  for (const [index, icon] of icons.entries()) {
    onProgress(`Drawing photos 正在绘制图片 ${index + 1}/${icons.length}`);
    // The looks of one icon beside each other: much of a photo's making holds one core only.
    made.set(icon, await Promise.all(LOOKS.map((look) => seedPhoto(db, store, icon, look))));
  }
  return made;
}

/** One picture through the whole pipeline; its id. */
async function seedPhoto(
  db: Kysely<DB>,
  store: PhotoStore,
  icon: string,
  look: string,
): Promise<string> {
  const bytes = await drawProduce(icon, look);
  const kept = await keepPhoto(db, { store, strip: stripPhoto }, SEED, bytes);
  if (!kept.ok) throw new Error(`a drawn photo was refused: ${kept.reason}`);
  await finishPhoto(db, { store, make: makeVariants }, kept.photoId);
  return kept.photoId;
}
