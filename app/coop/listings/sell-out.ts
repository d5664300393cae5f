import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { listingIdOf } from "#app/offers/desk.ts";
import { takeSellOut } from "#app/offers/take-sell-out.ts";
import { coopDesk } from "./open-listing.ts";

export const action = (args: ActionFunctionArgs) => takeSellOut(coopDesk, args);

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(coopDesk.path(listingIdOf(params)), 303);
