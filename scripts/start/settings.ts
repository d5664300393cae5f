import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { photoStoreAddress } from "#app/gateways/bucket-address.ts";
import { smsProblem, smsSettings } from "#app/sms-env.ts";
import { StopLine } from "./stop-line.ts";

const text = z.string().min(1).optional();
const webAddress = z
  .url({ protocol: /^https?$/, error: "must be an http(s):// address" })
  .optional();

const schema = z.object({
  PORT: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be from 1 to 65535")
    .max(65_535, "must be from 1 to 65535")
    .default(3000),
  HOST: z.string().min(1).default("0.0.0.0"),
  DATA_DIR: z.string().min(1).default(".data"),
  PUBLIC_URL: webAddress,
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^/]+/, "must be postgres://user:password@host/database")
    .optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^sk_test_\w+$/, "must be a test key of Stripe: sk_test_…")
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_/, "must begin with whsec_")
    .optional(),
  STRIPE_API_URL: webAddress,
  STRIPE_METHODS: z
    .string()
    .regex(
      /^(card|alipay|wechat_pay)(,(card|alipay|wechat_pay))*$/,
      "must be of card,alipay,wechat_pay",
    )
    .optional(),
  ...smsSettings,
  PHOTO_STORE: photoStoreAddress,
  MEILI_URL: webAddress,
  MEILI_KEY: text,
  AUTH_SECRET: z.string().min(32, "needs at least 32 characters").optional(),
  /** Opens /sandbox with its one-tap sign-ins also where it would stay shut. */
  SANDBOX: z.enum(["0", "1"], "must be 0 or 1").optional(),
  NODE_ENV: text,
  SEED_SCALE: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be a number from 1 up")
    .default(1),
  SEED_PHOTOS: z.enum(["0", "1"], "must be 0 or 1").default("1"),
});

export type Settings = z.output<typeof schema>;

/** What was set by hand, checked before anything is started; wrong values are named, not shown. */
export function readSettings(source: Record<string, string | undefined> = process.env): Settings {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new StopLine(`Wrong setting: ${wrong.join("; ")}.`);
  }
  const settings = parsed.data;
  refuseHalf(settings);
  const dataDir = settings.DATA_DIR;
  return { ...settings, DATA_DIR: isAbsolute(dataDir) ? dataDir : resolve(dataDir) };
}

/** Whether messages are to leave this machine: half a setting counts, and is then refused. */
export const hasRealSms = (settings: Settings): boolean =>
  settings.SMS_PROVIDER === "tencent" || (settings.SMS_URL ?? settings.SMS_KEY) !== undefined;

/** A real service needs all of its variables: half of them would mix it with the sandbox. */
function refuseHalf(settings: Settings): void {
  if (settings.STRIPE_SECRET_KEY && !settings.STRIPE_WEBHOOK_SECRET) {
    throw new StopLine(
      "STRIPE_SECRET_KEY is set but STRIPE_WEBHOOK_SECRET is not: set both (whsec_… stands beside the webhook in Stripe's dashboard), or neither.",
    );
  }
  const problem = hasRealSms(settings) ? smsProblem(settings) : null;
  if (problem) throw new StopLine(`For real text messages ${problem}, or none of SMS_*.`);
  if (settings.MEILI_KEY && !settings.MEILI_URL) {
    throw new StopLine("MEILI_KEY is set but MEILI_URL is not: set both, or neither.");
  }
}
