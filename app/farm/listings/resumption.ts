import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { changeAt } from "#app/offers/change-at.ts";
import { farmDesk } from "./open-listing.ts";

export const action = (args: ActionFunctionArgs) => changeAt(farmDesk, args, "resume");

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(`/farm/listings/${params.id}`, 303);
