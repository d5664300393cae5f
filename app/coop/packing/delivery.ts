import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { deliverParcel } from "#app/domain/parcels/deliver-parcel.ts";
import { backToParcel, takeStep } from "./take-step.ts";

export const loader = backToParcel;

export function action(args: ActionFunctionArgs) {
  return takeStep(args, deliverParcel, "shipped");
}
