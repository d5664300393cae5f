import { demoPeople } from "#db/seed/demo-people.ts";
import type { Plan } from "./plan.ts";
import type { Settings } from "./settings.ts";

const ROLES: Record<string, string> = {
  farmer: "农户 farmer",
  buyer: "买家 buyer",
  manager: "合作社 manager",
  bookkeeper: "会计 bookkeeper",
  officer: "帮扶干部 officer",
  operator: "运营 operator",
};

const width = (text: string) => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0);
const pad = (text: string, columns: number) =>
  text + " ".repeat(Math.max(1, columns - width(text)));

const messagesNow = ({ isSmsReal, hasPanel }: Plan, { SMS_PROVIDER }: Settings) => {
  if (isSmsReal) return SMS_PROVIDER === "tencent" ? "Tencent Cloud" : "yours";
  return hasPanel ? "sandbox, shown on /sandbox" : "sandbox, unread: SANDBOX=1 opens /sandbox";
};

/** The one block that npm start ends with: where, who, and what is not real. */
export function block(
  plan: Plan,
  settings: Settings,
  meili: { url: string } | undefined,
  seconds: number,
): string {
  const { publicUrl, phoneUrl } = plan;
  const seen = new Set<string>();
  const people = demoPeople.filter(({ role }) => !seen.has(role) && seen.add(role));
  const isSearchOutside = settings.MEILI_URL !== undefined;
  const searchWords = meili ? "Meilisearch on this machine" : "PostgreSQL";
  const rows: [what: string, now: string, isReal: unknown, variable: string][] = [
    [
      "数据库 database",
      settings.DATABASE_URL ? "yours" : "PostgreSQL in DATA_DIR",
      settings.DATABASE_URL,
      "DATABASE_URL",
    ],
    [
      "搜索 search",
      isSearchOutside ? "yours" : searchWords,
      isSearchOutside,
      "MEILI_URL, MEILI_KEY",
    ],
    [
      "支付 payments",
      plan.isStripeReal ? "Stripe" : "sandbox, no money moves",
      plan.isStripeReal,
      "STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET",
    ],
    [
      "短信 messages",
      messagesNow(plan, settings),
      plan.isSmsReal,
      "SMS_PROVIDER=tencent, or SMS_URL, SMS_KEY",
    ],
    [
      "照片 photos",
      settings.PHOTO_STORE ? "your bucket" : "files in DATA_DIR/photos",
      settings.PHOTO_STORE !== undefined,
      "PHOTO_STORE=s3://…",
    ],
  ];
  const rule = "─".repeat(72);
  return [
    rule,
    `  田集 Tianji is open 已开张 (${seconds.toFixed(1)} s)   ${publicUrl}`,
    ...(phoneUrl ? [`  手机 from a phone on this network     ${phoneUrl}`] : []),
    ...(!plan.hasPanel
      ? []
      : [
          `  演示登录 demo sign-ins, one tap        ${publicUrl}/sandbox`,
          ...people.map(
            ({ role, phone: number, home }) =>
              `    ${pad(ROLES[role] ?? role, 20)}${number}   ${home}`,
          ),
        ]),
    "  什么是真的 what stands behind it",
    ...rows.map(
      ([what, now, isReal, variable]) =>
        `    ${pad(what, 20)}${now}${isReal ? "" : ` — real with ${variable}`}`,
    ),
    `  日志 logs  ${settings.DATA_DIR}/logs     停止 stop  Ctrl-C`,
    rule,
  ].join("\n");
}
