import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { listingIdOf } from "#app/offers/desk.ts";
import { takeSellOut } from "#app/offers/take-sell-out.ts";
import { farmDesk, listingPath } from "./open-listing.ts";

export const action = (args: ActionFunctionArgs) => takeSellOut(farmDesk, args);

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(listingPath(listingIdOf(params)), 303);
