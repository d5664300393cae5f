export type SmsResult = { ok: true; messageId: string } | { ok: false; reason: "sms-unavailable" };

/** Sends one text message. Never logs it: it may carry a code. */
export interface SmsGateway {
  send(to: string, text: string): Promise<SmsResult>;
}

const TIMEOUT_MS = 5_000;

/** Speaks to an SMS provider over HTTP: POST {to, text}, bearer key, answer {id}. */
export function createHttpSms(url: string, key: string): SmsGateway {
  return {
    async send(to, text) {
      try {
        const answer = await fetch(new URL("messages", url.endsWith("/") ? url : `${url}/`), {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
          body: JSON.stringify({ to, text }),
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
