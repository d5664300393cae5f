import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { backToParcel, takeStep } from "./take-step.ts";

export const loader = backToParcel;

export function action(args: ActionFunctionArgs) {
  return takeStep(args, acceptParcel, "waiting");
}
