/** What the largest photos of phones stay below. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;
