import { join } from "node:path";
import { readBucket } from "./bucket-address.ts";
import { type PhotoStore, type PhotoStoreAwayError, photoStoreInFolder } from "./photo-store.ts";

/** The bucket that PHOTO_STORE names, or a folder of DATA_DIR. `onAway` hears what a bucket did not
 * answer. */
export async function openPhotoStore(
  settings: { PHOTO_STORE?: string; DATA_DIR: string },
  onAway?: (error: PhotoStoreAwayError) => void,
): Promise<PhotoStore> {
  const bucket = settings.PHOTO_STORE ? readBucket(settings.PHOTO_STORE) : null;
  if (!bucket) return photoStoreInFolder(join(settings.DATA_DIR, "photos"));
  // The SDK takes 35 MB, which a market without a bucket need not have.
  const { photoStoreInBucket } = await import("./photo-store-s3.ts");
  return photoStoreInBucket(bucket, onAway);
}
