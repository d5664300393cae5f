import { backTo, changeAt } from "#app/offers/change-at.ts";
import { coopDesk } from "./open-listing.ts";

export const action = changeAt(coopDesk, "resume");
export const loader = backTo(coopDesk);
