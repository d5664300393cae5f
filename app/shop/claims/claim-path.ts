/** The form to claim for a parcel of an order. */
export const claimFormPath = (number: string, parcelId: string) =>
  `/orders/${number}/parcels/${parcelId}/claim`;

/** The page of a claim; with what kept a step from happening. */
export function claimPath(number: string, claimId: string, problem?: string): string {
  const path = `/orders/${number}/claims/${claimId}`;
  return problem ? `${path}?problem=${problem}` : path;
}

/** Where the photos of an order's claims stand, for its buyer alone. */
export const photosPath = (number: string) => `/orders/${number}/claim-photos`;
