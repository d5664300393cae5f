import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { replyWith, toClaim } from "./reply.ts";

export const loader = ({ params }: LoaderFunctionArgs) => toClaim(params);

/** The buyer asks the operator to decide. */
export const action = (args: ActionFunctionArgs) => replyWith(args, "escalate");
