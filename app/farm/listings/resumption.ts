import { backTo, changeAt } from "#app/offers/change-at.ts";
import { farmDesk } from "./open-listing.ts";

export const action = changeAt(farmDesk, "resume");
export const loader = backTo(farmDesk);
