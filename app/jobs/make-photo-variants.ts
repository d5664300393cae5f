import { finishPhoto } from "#app/domain/photos/finish-photo.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Makes a photo's public pictures. Throws, to be tried again, only when the master is away. */
export async function makePhotoVariants(
  services: Pick<Services, "db" | "photos" | "makeVariants">,
  { photoId }: Jobs["make-photo-variants"],
): Promise<void> {
  const gateways = { store: services.photos, make: services.makeVariants };
  const finished = await finishPhoto(services.db, gateways, photoId);
  if (!finished.ok && finished.reason === "master-missing") {
    throw new Error(`the master of photo ${photoId} is not in the store`);
  }
}
