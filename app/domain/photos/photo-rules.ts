/** What the largest photos of phones stay below. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;

/** How long a photo may take to come in pieces. */
export const UPLOAD_LIVES_MS = 24 * 60 * 60 * 1000;

/**
 * How long one may take of which nothing has come: a phone that comes later begins it anew and has
 * lost nothing.
 */
export const EMPTY_UPLOAD_LIVES_MS = 10 * 60 * 1000;

/**
 * After so long without a piece, one that is not whole gives its place to a new one of the same
 * person: a phone that comes back to it begins it anew, and has lost nothing but those pieces.
 */
export const QUIET_UPLOAD_MS = 15 * 60 * 1000;

/** Uploads that one person begins for one household within a day, whatever becomes of them. */
export const MAX_UPLOADS_A_DAY = 300;

/** Photos that one person has begun to send and that are not whole: two offers and a half. */
export const MAX_OPEN_UPLOADS = 15;

/**
 * What the pieces of all photos may take of the disk. Nothing new begins when a quarter of it is
 * all that is left: those that have begun need it to become whole, and to make room.
 */
export const MAX_ARRIVING_BYTES = 2 * 1024 * 1024 * 1024;
export const MAX_BYTES_TO_BEGIN = (MAX_ARRIVING_BYTES / 4) * 3;
