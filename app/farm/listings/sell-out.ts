import { backTo } from "#app/offers/change-at.ts";
import { takeSellOut } from "#app/offers/take-sell-out.ts";
import { farmDesk } from "./open-listing.ts";

export const action = takeSellOut(farmDesk);
export const loader = backTo(farmDesk);
