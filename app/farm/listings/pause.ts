import { backTo, changeAt } from "#app/offers/change-at.ts";
import { farmDesk } from "./open-listing.ts";

export const action = changeAt(farmDesk, "pause");
export const loader = backTo(farmDesk);
