import { z } from "zod";
import { photoStoreAddress } from "#app/gateways/bucket-address.ts";
import { smsProblem, smsSettings } from "./sms-env.ts";

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const port = z.coerce.number().int().min(1).max(65_535);

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
    HOST: z.string().default("0.0.0.0"),
    PORT: port.default(3000),
    /** Where the browser reaches the market, for links, cookies and the Origin check. */
    PUBLIC_URL: z.url().optional(),
    DATA_DIR: z.string().min(1).default(".data"),
    DATABASE_URL: z.string().startsWith("postgres", "must be a postgres:// address"),
    AUTH_SECRET: z.string().min(32, "needs at least 32 characters"),
    STRIPE_SECRET_KEY: z.string().startsWith("sk_test_", "must be a test key: sk_test_…"),
    /** Several, separated by commas, while one takes the place of another. */
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .transform((list) => list.split(",").map((secret) => secret.trim()))
      .pipe(z.array(z.string().startsWith("whsec_", "each must begin with whsec_"))),
    /** What the payment page offers, as far as Stripe's account allows: card,alipay,wechat_pay */
    STRIPE_METHODS: z
      .string()
      .default("card")
      .transform((list) => list.split(",").map((method) => method.trim()))
      .pipe(z.array(z.enum(["card", "alipay", "wechat_pay"])).min(1)),
    /** Only set where Stripe's API is spoken by another host than Stripe's. */
    STRIPE_API_URL: z.url().optional(),
    ...smsSettings,
    /** A bucket of a store that speaks S3; a folder of DATA_DIR where it is not set. */
    PHOTO_STORE: photoStoreAddress,
    MEILI_URL: z.url().optional(),
    MEILI_KEY: z.string().optional(),
    /** The address under which /sandbox is answered; without it there is no such page. */
    SANDBOX_URL: z.url().optional(),
    /** Whether the sandbox's own page stands there too, where anyone may sign in as anyone. */
    SANDBOX_PANEL: flag,
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    /** Behind a proxy that sets X-Forwarded-For; otherwise that header is a lie. */
    TRUST_PROXY: flag,
    DB_POOL: z.coerce.number().int().min(1).max(200).default(10),
  })
  .superRefine((settings, context) => {
    const problem = smsProblem(settings);
    if (problem) context.addIssue({ code: "custom", path: ["SMS_PROVIDER"], message: problem });
  });

export type Env = Readonly<z.output<typeof schema>>;

export class EnvError extends Error {}

/**
 * Reads the settings once. Throws an EnvError whose message names every wrong variable on a
 * line of its own, and never its value: it may be a secret.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(filled);
  if (parsed.success) return Object.freeze(parsed.data);
  const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new EnvError(lines.join("\n"));
}
