import type { Kysely } from "kysely";
import { isOtherCrop } from "#app/domain/listings/other-crop.ts";
import { readCropName } from "#app/domain/listings/read-crops.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * What is given no name is called what it is: apples are called apples, and whatever is called so in
 * Chinese is in English too, where no English name is given. What is no crop of ours has only the
 * names it is given.
 */
export async function nameByCrop(
  db: Kysely<DB>,
  { title, titleEn, category }: { title: string; titleEn: string; category: string },
): Promise<{ title: string; titleEn: string }> {
  const crop = isOtherCrop(category) ? undefined : await readCropName(db, category);
  if (!crop) return { title, titleEn };
  const named = title.trim() === "" ? crop.zh : title;
  const isBoth = named.trim() === crop.zh && titleEn.trim() === "";
  return { title: named, titleEn: isBoth ? crop.en : titleEn };
}
