import { z } from "zod";
import { questions, templates } from "#app/domain/messages/templates.ts";
import type { TencentSettings } from "#app/gateways/sms-tencent.ts";

const secret = (least: number) =>
  z.string().min(least, `needs at least ${least} characters`).optional();
const text = z.string().min(1).optional();

/** The settings of text messages; which of them are needed says `smsProblem`. */
export const smsSettings = {
  SMS_PROVIDER: z.enum(["http", "tencent"], "must be http or tencent").default("http"),
  /** Ends the address that a provider calls back. */
  SMS_CALLBACK_KEY: secret(24),
  SMS_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// address" }).optional(),
  SMS_KEY: secret(8),
  SMS_TENCENT_SECRET_ID: text,
  SMS_TENCENT_SECRET_KEY: text,
  SMS_TENCENT_APP_ID: z.string().regex(/^\d+$/, "must be a number").optional(),
  SMS_TENCENT_SIGN: text,
  SMS_TENCENT_REGION: z.string().min(1).default("ap-guangzhou"),
  /** JSON: {"zh": {"code": "123", …}, "en": {…}}, an approved template's id for each of ours. */
  SMS_TENCENT_TEMPLATES: text,
};

type SmsSettings = z.output<z.ZodObject<typeof smsSettings>>;
type Addresses = { PUBLIC_URL?: string; SANDBOX_URL?: string };

const TENCENT = [
  "SMS_TENCENT_SECRET_ID",
  "SMS_TENCENT_SECRET_KEY",
  "SMS_TENCENT_APP_ID",
  "SMS_TENCENT_SIGN",
  "SMS_TENCENT_TEMPLATES",
  "SMS_CALLBACK_KEY",
] as const;
const NAMES = ["code", ...Object.keys(templates), ...questions];
const Ids = z.record(z.string(), z.string().regex(/^\d+$/));
const Templates = z.object({ zh: Ids, en: Ids });

function readTemplates(json: string | undefined): z.output<typeof Templates> | null {
  try {
    return Templates.parse(JSON.parse(json ?? ""));
  } catch {
    return null;
  }
}

/** What is wrong with these settings of text messages, in one line; null when nothing is. */
export function smsProblem(settings: SmsSettings & Addresses): string | null {
  return providerProblem(settings) ?? addressProblem(settings);
}

/** A message leaves without a browser that knows the market's name; in the sandbox nobody gets it. */
function addressProblem(settings: SmsSettings & Addresses): string | null {
  const { SMS_PROVIDER, SMS_URL, SANDBOX_URL, PUBLIC_URL } = settings;
  const isSandbox = SMS_PROVIDER === "http" && SANDBOX_URL !== undefined && SMS_URL === SANDBOX_URL;
  if (PUBLIC_URL || isSandbox) return null;
  return "set PUBLIC_URL too: they link to the market, and nobody's phone can open localhost";
}

function providerProblem(settings: SmsSettings): string | null {
  if (settings.SMS_PROVIDER === "http") {
    return settings.SMS_URL && settings.SMS_KEY ? null : "set both SMS_URL and SMS_KEY";
  }
  const missing = TENCENT.filter((name) => !settings[name]);
  if (missing.length > 0) return `SMS_PROVIDER is tencent, so set ${missing.join(", ")} too`;
  const ids = readTemplates(settings.SMS_TENCENT_TEMPLATES);
  if (!ids) {
    return 'SMS_TENCENT_TEMPLATES must be JSON: {"zh": {"code": "123", …}, "en": {…}}, each an id in digits';
  }
  const without = (["zh", "en"] as const).flatMap((locale) =>
    NAMES.filter((name) => !ids[locale][name]).map((name) => `${locale} ${name}`),
  );
  return without.length > 0 ? `SMS_TENCENT_TEMPLATES has no id for ${without.join(", ")}` : null;
}

/** Tencent's settings, out of ones that have no problem. */
export function tencentOf(settings: SmsSettings): TencentSettings {
  const templates = readTemplates(settings.SMS_TENCENT_TEMPLATES);
  if (!templates) throw new Error("settings of text messages were not checked");
  return {
    secretId: settings.SMS_TENCENT_SECRET_ID ?? "",
    secretKey: settings.SMS_TENCENT_SECRET_KEY ?? "",
    appId: settings.SMS_TENCENT_APP_ID ?? "",
    sign: settings.SMS_TENCENT_SIGN ?? "",
    region: settings.SMS_TENCENT_REGION,
    templates,
  };
}
