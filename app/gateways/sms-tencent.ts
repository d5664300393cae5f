import type { Agent } from "node:http";
import { sms } from "tencentcloud-sdk-nodejs-sms";
import type { SmsGateway, SmsRefusal } from "./sms.ts";

/** Our templates' ids at Tencent, by language: an approved template there has its own number. */
export type TencentTemplates = Record<"zh" | "en", Record<string, string>>;

export type TencentSettings = {
  secretId: string;
  secretKey: string;
  /** The number of the SMS application in Tencent's console. */
  appId: string;
  /** The approved signature: Tencent puts it in front of each text. */
  sign: string;
  region: string;
  templates: TencentTemplates;
  /** Where a stand-in speaks Tencent's API. */
  standIn?: { endpoint: string; agent: Agent };
};

const TIMEOUT_SECONDS = 5;

/**
 * Tencent's codes in our words; whatever is not here may pass by itself or be mended by somebody
 * (keys, credit, an outage), and is tried again.
 * https://cloud.tencent.com/document/api/382/59177
 */
const REFUSALS: [RegExp, SmsRefusal][] = [
  [/^LimitExceeded\.|^FailedOperation\.MarketingSendTimeConstraint$/, "sms-limit"],
  [/^FailedOperation\.PhoneNumberInBlacklist$/, "blocked-number"],
  [
    /^(InvalidParameterValue\.IncorrectPhoneNumber|FailedOperation\.PhoneNumberParseFail|UnsupportedOperation\..+)$/,
    "bad-number",
  ],
  [
    /^FailedOperation\.(ContainSensitiveWord|SignatureIncorrectOrUnapproved|Missing\w+|Template\w+)$/,
    "bad-template",
  ],
  [/^InvalidParameterValue\.(ContentLengthLimit|Prohibited\w+|Template\w+)$/, "bad-template"],
];

function refusalOf(code: string | undefined): SmsRefusal {
  return REFUSALS.find(([pattern]) => pattern.test(code ?? ""))?.[1] ?? "sms-unavailable";
}

/**
 * Tencent Cloud SMS, API 2021-01-11, through its own SDK (TC3-HMAC-SHA256). It sends approved
 * templates only, with numbered values. Our reference goes along as the session context, which
 * names a message to Tencent's support; it does not keep a second one from being sent.
 * https://cloud.tencent.com/document/api/382/55981
 */
export function createTencentSms(settings: TencentSettings): SmsGateway {
  const { secretId, secretKey, appId, sign, region, templates, standIn } = settings;
  const client = new sms.v20210111.Client({
    credential: { secretId, secretKey },
    region,
    profile: {
      httpProfile: {
        reqTimeout: TIMEOUT_SECONDS,
        ...(standIn && { ...standIn, protocol: "http://" }),
      },
    },
  });
  return {
    async send({ to, template, locale, values, reference }) {
      const templateId = templates[locale][template];
      if (!templateId) return { ok: false, reason: "bad-template" };
      try {
        const { SendStatusSet } = await client.SendSms({
          ...{ PhoneNumberSet: [to], SmsSdkAppId: appId, SignName: sign, TemplateId: templateId },
          ...{ TemplateParamSet: values, SessionContext: reference },
        });
        const status = SendStatusSet?.[0];
        return status?.Code === "Ok" && status.SerialNo
          ? { ok: true, messageId: status.SerialNo }
          : { ok: false, reason: refusalOf(status?.Code) };
      } catch (error) {
        return { ok: false, reason: refusalOf((error as { code?: string }).code) };
      }
    },
  };
}
