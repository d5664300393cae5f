/** The field of what has come in of one listing. */
export const addedName = (listingId: string) => `added-${listingId}`;
