import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { backToParcel, takeStep } from "./take-step.ts";

export const loader = backToParcel;

export function action(args: ActionFunctionArgs) {
  return takeStep(args, packParcel, "accepted");
}
