import type { OwnLineScope, SellerScope } from "#app/domain/scopes.ts";

/** Who may attach a photo: the household that sells, or whoever bought this line. */
export type PhotoOwner = Pick<SellerScope, "householdId"> | Pick<OwnLineScope, "orderLineId">;

/** By what a photo's row names its owner. A line is no household: their keys never meet. */
export function ownerKey(owner: PhotoOwner): string {
  return "orderLineId" in owner ? `line:${owner.orderLineId}` : owner.householdId;
}
