import { backTo } from "#app/offers/change-at.ts";
import { takeSellOut } from "#app/offers/take-sell-out.ts";
import { coopDesk } from "./open-listing.ts";

export const action = takeSellOut(coopDesk);
export const loader = backTo(coopDesk);
