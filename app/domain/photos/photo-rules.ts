/** What the largest photos of phones stay below. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;

/** How long a photo may take to come in pieces. */
export const UPLOAD_LIVES_MS = 24 * 60 * 60 * 1000;

/** Photos of one household that have begun to come and are not whole: two offers and a half. */
export const MAX_OPEN_UPLOADS = 15;

/** What all photos that have begun to come may need on the disk. */
export const MAX_ARRIVING_BYTES = 2 * 1024 * 1024 * 1024;
