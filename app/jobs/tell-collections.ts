import { tellCollections } from "#app/domain/cycles/tell-collection.ts";
import type { Services } from "#app/load-context.ts";

/** Tells households what to bring where and when for cycles that have closed, and what changed of it. */
export async function tellCollectionsJob({ db }: Pick<Services, "db">): Promise<void> {
  await tellCollections(db);
}
