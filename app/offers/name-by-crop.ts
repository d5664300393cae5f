import type { Kysely } from "kysely";
import { readCropName } from "#app/domain/listings/read-crops.ts";
import type { DB } from "#db/schema.d.ts";

/** What is given no name is called what it is: apples are called apples. */
export async function nameByCrop(
  db: Kysely<DB>,
  { title, category }: { title: string; category: string },
): Promise<string> {
  if (title.trim() !== "") return title;
  return (await readCropName(db, category)) ?? "";
}
