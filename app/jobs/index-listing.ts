import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Brings both search engines up to date with one listing; safe to run twice, late or in any order. */
export async function indexListing(
  { search }: Pick<Services, "search">,
  { listingId }: Jobs["index-listing"],
): Promise<void> {
  await search.syncListing(listingId);
}
