/** Why a provider did not take a message: only `sms-unavailable` is worth trying again soon. */
export type SmsRefusal =
  /** Away, overloaded, or it does not take our keys or our money: somebody may mend it. */
  | "sms-unavailable"
  /** This number has had as many as the provider allows. */
  | "sms-limit"
  /** She has told the provider that she wants none. */
  | "blocked-number"
  | "bad-number"
  /** The words, the signature or a value are not what the provider has approved. */
  | "bad-template";

export type SmsResult = { ok: true; messageId: string } | { ok: false; reason: SmsRefusal };

export type SmsMessage = {
  /** E.164. */
  to: string;
  /** The whole text, for a provider that sends what it is given. */
  text: string;
  /** For one that sends approved templates only: which, and its numbered values. */
  template: string;
  locale: "zh" | "en";
  values: string[];
  /** Our own id; a provider that knows it again sends nothing twice. */
  reference?: string;
};

/** Sends one text message. Never logs it: it may carry a code. */
export interface SmsGateway {
  send(message: SmsMessage): Promise<SmsResult>;
}

const TIMEOUT_MS = 5_000;

/** Speaks to an SMS provider over HTTP: POST {to, text, reference}, bearer key, answer {id}. */
export function createHttpSms(url: string, key: string): SmsGateway {
  return {
    async send({ to, text, reference }) {
      try {
        const answer = await fetch(new URL("messages", url.endsWith("/") ? url : `${url}/`), {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
          body: JSON.stringify({ to, text, reference }),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (!answer.ok) return { ok: false, reason: "sms-unavailable" };
        const { id } = (await answer.json()) as { id: string };
        return { ok: true, messageId: id };
      } catch {
        return { ok: false, reason: "sms-unavailable" };
      }
    },
  };
}
