import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { receiveReply } from "#app/domain/messages/receive-reply.ts";
import { answerCallback } from "./sms-callback.ts";

/** A browser that comes here is lost. */
export const loader = () => redirect("/", 303);

/** POST /webhooks/sms/replies?key=…: what somebody answered. */
export const action = (called: ActionFunctionArgs) =>
  answerCallback(called, called.context.smsCallbacks.readReply, (reply) =>
    receiveReply(called.context.db, reply),
  );
