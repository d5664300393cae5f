import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { changeAt } from "#app/offers/change-at.ts";
import { listingIdOf } from "#app/offers/desk.ts";
import { coopDesk } from "./open-listing.ts";

export const action = (args: ActionFunctionArgs) => changeAt(coopDesk, args, "pause");

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(coopDesk.path(listingIdOf(params)), 303);
