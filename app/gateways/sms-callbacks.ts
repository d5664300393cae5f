import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** What a provider says became of a message it took. */
export type SmsReport = { providerId: string; isDelivered: boolean; reason: string | null };
/** What somebody answered. */
export type SmsReply = { id: string; from: string; text: string; saidAt: Date };

const Reports = z
  .array(
    z.object({
      sid: z.string().min(1).max(200),
      report_status: z.enum(["SUCCESS", "FAIL"]),
      errmsg: z.string().max(500).default(""),
    }),
  )
  .max(1000);

const Reply = z.object({
  nationcode: z.string().regex(/^\d{1,4}$/),
  mobile: z.string().regex(/^\d{4,14}$/),
  text: z.string().max(2000),
  time: z.coerce.number().int().positive().max(100_000_000_000),
});

function parse<Output>(schema: z.ZodType<Output>, body: string): Output | null {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/**
 * Reads a callback about messages: the form is Tencent's, which the sandbox speaks too. Null when
 * it is nothing of the kind. https://cloud.tencent.com/document/api/382/5807
 */
function readReports(body: string): SmsReport[] | null {
  const reports = parse(Reports, body);
  return (
    reports?.map(({ sid, report_status, errmsg }) => ({
      providerId: sid,
      isDelivered: report_status === "SUCCESS",
      reason: report_status === "SUCCESS" ? null : errmsg.slice(0, 100),
    })) ?? null
  );
}

/**
 * Reads a callback with somebody's answer. It has no id of its own at Tencent: who said what in
 * which second names it. https://www.tencentcloud.com/document/product/382/43548
 */
function readReply(body: string): SmsReply | null {
  const reply = parse(Reply, body);
  if (!reply) return null;
  const { nationcode, mobile, text, time } = reply;
  const from = `+${nationcode}${mobile}`;
  const id = createHash("sha256")
    .update(JSON.stringify([from, text, time]))
    .digest("base64url");
  return { id, from, text, saidAt: new Date(time * 1000) };
}

export type SmsCallbacks = {
  /** Whether the caller knows the key that ends the address the provider was given. */
  knowsKey(url: string): boolean;
  readReports: typeof readReports;
  readReply: typeof readReply;
};

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * What a provider calls back with. Tencent signs its callbacks by nothing, so the address it is
 * given in its console ends with a key nobody can guess: /webhooks/sms/status?key=…
 */
export function createSmsCallbacks(key: string): SmsCallbacks {
  return {
    knowsKey(url) {
      const given = new URL(url).searchParams.get("key") ?? "";
      return timingSafeEqual(digest(given), digest(key));
    },
    readReports,
    readReply,
  };
}
