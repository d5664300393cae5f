import type { Kysely } from "kysely";
import { isOtherCrop } from "#app/domain/listings/other-crop.ts";
import { readCropName } from "#app/domain/listings/read-crops.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * What is given no name is called what it is: apples are called apples. What is no crop of ours has
 * only the name it is given.
 */
export async function nameByCrop(
  db: Kysely<DB>,
  { title, category }: { title: string; category: string },
): Promise<string> {
  if (title.trim() !== "" || isOtherCrop(category)) return title;
  return (await readCropName(db, category)) ?? "";
}
