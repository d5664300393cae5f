import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { changeOwn } from "./change-own.ts";

export const action = (args: ActionFunctionArgs) => changeOwn(args, "withdraw");

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(`/farm/listings/${params.id}`, 303);
