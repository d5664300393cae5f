import { backTo, changeAt } from "#app/offers/change-at.ts";
import { coopDesk } from "./open-listing.ts";

export const action = changeAt(coopDesk, "pause");
export const loader = backTo(coopDesk);
