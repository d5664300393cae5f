import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { receiveReports } from "#app/domain/messages/receive-reports.ts";
import { answerCallback } from "./sms-callback.ts";

/** A browser that comes here is lost. */
export const loader = () => redirect("/", 303);

/** POST /webhooks/sms/status?key=…: what became of messages. */
export const action = (called: ActionFunctionArgs) =>
  answerCallback(called, called.context.smsCallbacks.readReports, (reports) =>
    receiveReports(called.context.db, reports),
  );
