import { z } from "zod";

const Person = z.object({
  role: z.string().min(1),
  /** As it is written in both languages, or in each. */
  name: z.union([z.string().min(1), z.object({ zh: z.string().min(1), en: z.string().min(1) })]),
  phone: z.string().min(1),
  // A path of the market: "//" would lead to another site.
  home: z.string().regex(/^\/(?!\/)/),
});
export type DemoPerson = z.infer<typeof Person>;

/** How one sandbox runs. Everything has a default, so that tests name only what they test. */
export interface SandboxOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** Where the state is kept; without it the state lives in memory. */
  dataDir?: string;
  /** What a buyer's browser reaches it under; may carry a path, e.g. http://localhost:3000/sandbox. */
  publicUrl?: string;
  /** Where webhooks go; without it events are recorded but not sent. */
  webhookUrl?: string;
  webhookSecret?: string;
  stripeKey?: string;
  /** Where the market hears of messages, without /status and /replies, and the key that ends it. */
  smsCallbackUrl?: string;
  smsCallbackKey?: string;
  demoSignIns?: DemoPerson[];
  /** The first wait before a webhook is sent again, in ms; each further wait is twice as long. */
  retryBaseMs?: number;
  /** The clock, in ms, so that tests can let a day pass. */
  now?: () => number;
}

const Environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(4300),
  SANDBOX_HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).optional(),
  SANDBOX_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith("whsec_").optional(),
  STRIPE_SECRET_KEY: z.string().startsWith("sk_test_").optional(),
  SMS_CALLBACK_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_CALLBACK_KEY: z.string().min(1).optional(),
  DEMO_SIGN_INS: z.string().optional(),
});

/** Reads the process's settings; the error names the variable and what is wrong with it. */
export function readSettings(environment: Record<string, string | undefined>): SandboxOptions {
  // A variable set to nothing means the same as one that is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new Error(`${first?.path.join(".")}: ${first?.message}`);
  }
  const settings = parsed.data;
  return {
    port: settings.SANDBOX_PORT,
    host: settings.SANDBOX_HOST,
    dataDir: settings.DATA_DIR,
    publicUrl: settings.SANDBOX_PUBLIC_URL,
    webhookUrl: settings.WEBHOOK_URL,
    webhookSecret: settings.STRIPE_WEBHOOK_SECRET,
    stripeKey: settings.STRIPE_SECRET_KEY,
    smsCallbackUrl: settings.SMS_CALLBACK_URL,
    smsCallbackKey: settings.SMS_CALLBACK_KEY,
    demoSignIns: readPeople(settings.DEMO_SIGN_INS),
  };
}

function readPeople(json: string | undefined): DemoPerson[] {
  if (!json) return [];
  try {
    return z.array(Person).parse(JSON.parse(json));
  } catch {
    throw new Error('DEMO_SIGN_INS: expected JSON like [{"role","name","phone","home"}]');
  }
}
