import type { Message } from "./messages.ts";

export interface CallbackTarget {
  /** Without /status and /replies. */
  url: string;
  key: string;
}

async function post({ url, key }: CallbackTarget, path: string, body: unknown): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/${path}?key=${encodeURIComponent(key)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/** A number of mainland China has its country apart from the rest in Tencent's callbacks. */
function numberOf(to: string) {
  const digits = to.replace(/\D/g, "");
  return to.startsWith("+86") || !to.startsWith("+")
    ? { nationcode: "86", mobile: digits.replace(/^86(?=\d{11}$)/, "") }
    : { nationcode: digits.slice(0, 2), mobile: digits.slice(2) };
}

/** Says what became of a message, in the form of Tencent's callback. True when it was taken in. */
export function reportMessage(
  target: CallbackTarget,
  message: Message,
  isDelivered: boolean,
): Promise<boolean> {
  const said = isDelivered
    ? { report_status: "SUCCESS", errmsg: "DELIVRD" }
    : { report_status: "FAIL", errmsg: "002" };
  const at = new Date().toISOString().slice(0, 19).replace("T", " ");
  const report = { user_receive_time: at, ...numberOf(message.to), ...said, sid: message.id };
  return post(target, "status", [report]);
}

/** Answers a message as the phone that has it would. */
export function replyTo(target: CallbackTarget, message: Message, text: string): Promise<boolean> {
  const time = Math.floor(Date.now() / 1000);
  return post(target, "replies", { extend: "", ...numberOf(message.to), sign: "田集", text, time });
}
