/** The page of one photo of a listing, the first of which is 1. */
export function photoPath(listingId: string, number: number): string {
  return `/produce/${listingId}/photos/${number}`;
}
