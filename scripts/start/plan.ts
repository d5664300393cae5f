import { counties } from "#db/seed/counties.ts";
import { demoPeople } from "#db/seed/demo-people.ts";
import type { Database } from "./database.ts";
import { freePort } from "./free-port.ts";
import { networkAddress } from "./network-address.ts";
import type { Secrets } from "./secrets.ts";
import { hasRealSms, type Settings } from "./settings.ts";

export type Plan = {
  /** Where this machine reaches the web server. */
  localUrl: string;
  /** The address to open in a browser. */
  publicUrl: string;
  /** The address to open on a phone in the same network. */
  phoneUrl: string | undefined;
  isStripeReal: boolean;
  isSmsReal: boolean;
  sandboxPort: number | undefined;
  /** Whether /sandbox is there, where anyone may sign in as anyone. */
  hasPanel: boolean;
  /** What the web server is told. */
  appEnv: Record<string, string>;
  /** What the worker is told besides: no browser tells it the market's name, and its messages link there. */
  workerEnv: Record<string, string>;
  sandboxEnv: Record<string, string>;
};

/** The seed's cooperatives by slug, as people call them. */
const namesOf = new Map(
  counties.flatMap(({ cooperatives }) =>
    cooperatives.map(({ slug, zh, en }): [string, { zh: string; en: string }] => [
      slug,
      { zh, en },
    ]),
  ),
);

const isEverywhere = (host: string) => host === "0.0.0.0" || host === "::";

/** Decides, for each outside service, who speaks: the real one where it is set, else the sandbox. */
export async function makePlan(
  settings: Settings,
  secrets: Secrets,
  database: Database,
  meili: { url: string; key?: string } | undefined,
): Promise<Plan> {
  const { PORT, HOST, DATA_DIR } = settings;
  const host = isEverywhere(HOST) ? "127.0.0.1" : HOST;
  const localUrl = `http://${host.includes(":") ? `[${host}]` : host}:${PORT}`;
  const publicUrl = (settings.PUBLIC_URL ?? localUrl.replace("127.0.0.1", "localhost")).replace(
    /\/$/,
    "",
  );
  const address = networkAddress(HOST);
  const phoneUrl = address && `http://${address}:${PORT}`;
  const isStripeReal = settings.STRIPE_SECRET_KEY !== undefined;
  const isSmsReal = hasRealSms(settings);
  const hasSandbox = !isStripeReal || !isSmsReal;
  // One tap makes anyone the operator: never beside a service that is real, unless asked for.
  const isDemonstration = !isStripeReal && !isSmsReal && settings.NODE_ENV !== "production";
  const hasPanel = hasSandbox && (settings.SANDBOX ? settings.SANDBOX === "1" : isDemonstration);
  const sandboxPort = hasSandbox ? await freePort() : undefined;
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const sandboxKey = `sk_test_${secrets.sms}`;
  const smsCallbackKey = settings.SMS_CALLBACK_KEY ?? secrets.smsCallback;
  const webhookSecret = settings.STRIPE_WEBHOOK_SECRET ?? `whsec_${secrets.webhook}`;
  const appEnv: Record<string, string> = {
    NODE_ENV: "production",
    HOST,
    PORT: String(PORT),
    // Not set, the market answers by whatever name it was reached: localhost or the network's.
    PUBLIC_URL: settings.PUBLIC_URL ?? "",
    DATA_DIR,
    DATABASE_URL: database.appUrl,
    AUTH_SECRET: settings.AUTH_SECRET ?? secrets.auth,
    STRIPE_SECRET_KEY: settings.STRIPE_SECRET_KEY ?? sandboxKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: settings.STRIPE_API_URL ?? (isStripeReal ? "" : sandboxUrl),
    SMS_PROVIDER: settings.SMS_PROVIDER,
    SMS_URL: settings.SMS_URL ?? sandboxUrl,
    SMS_KEY: settings.SMS_KEY ?? sandboxKey,
    SMS_CALLBACK_KEY: smsCallbackKey,
    SMS_TENCENT_SECRET_ID: settings.SMS_TENCENT_SECRET_ID ?? "",
    SMS_TENCENT_SECRET_KEY: settings.SMS_TENCENT_SECRET_KEY ?? "",
    SMS_TENCENT_APP_ID: settings.SMS_TENCENT_APP_ID ?? "",
    SMS_TENCENT_SIGN: settings.SMS_TENCENT_SIGN ?? "",
    SMS_TENCENT_REGION: settings.SMS_TENCENT_REGION,
    SMS_TENCENT_TEMPLATES: settings.SMS_TENCENT_TEMPLATES ?? "",
    PHOTO_STORE: settings.PHOTO_STORE ?? "",
    MEILI_URL: meili?.url ?? "",
    MEILI_KEY: meili?.key ?? "",
    SANDBOX_URL: hasSandbox ? sandboxUrl : "",
    SANDBOX_PANEL: hasPanel ? "1" : "0",
  };
  const sandboxEnv = {
    SANDBOX_PORT: String(sandboxPort ?? ""),
    DATA_DIR,
    SANDBOX_PUBLIC_URL: `${publicUrl}/sandbox`,
    WEBHOOK_URL: `${localUrl}/webhooks/stripe`,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    SMS_CALLBACK_URL: `${localUrl}/webhooks/sms`,
    SMS_CALLBACK_KEY: smsCallbackKey,
    STRIPE_SECRET_KEY: sandboxKey,
    DEMO_SIGN_INS: JSON.stringify(
      demoPeople.map(({ role, cooperative, phone, home }) => ({
        role,
        name: namesOf.get(cooperative ?? "") ?? { zh: "田集", en: "Tianji" },
        phone,
        home,
      })),
    ),
  };
  return {
    localUrl,
    publicUrl,
    phoneUrl,
    isStripeReal,
    isSmsReal,
    sandboxPort,
    hasPanel,
    appEnv,
    workerEnv: { ...appEnv, PUBLIC_URL: settings.PUBLIC_URL ?? phoneUrl ?? publicUrl },
    sandboxEnv,
  };
}
