import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { replyWith, toClaim } from "./reply.ts";

export const loader = ({ params }: LoaderFunctionArgs) => toClaim(params);

/** The buyer takes what is offered. */
export const action = (args: ActionFunctionArgs) => replyWith(args, "take");
