import { useTranslations } from "use-intl";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

type Typed = { values: FormValues; errors: FieldErrors; number: string };

/** Which number the code goes to: at first the one on the parcel, which may be somebody else's. */
export function NumberForm({
  number,
  asker,
  orderPhone,
  id,
  ...typed
}: Typed & { asker: string; orderPhone: string; id?: string }) {
  const t = useTranslations("confirm");
  const values = { ...typed.values, phone: typed.values.phone ?? orderPhone };
  return (
    <form method="post" action={`/orders/${number}/phone`} id={id} className="card stack">
      <input type="hidden" name="asker" value={typed.values.asker ?? asker} />
      <TextField
        {...fieldOf("phone", { values, errors: typed.errors })}
        label={t("phone")}
        hint={t("phoneHint")}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        required
      />
      <Button wide>{t("send")}</Button>
    </form>
  );
}

type Asked = { phone: string; asker: string };

/** The code's digits; a new code and another number are a tap away. */
export function CodeForm({
  asked,
  isPending,
  isSentBefore,
  hasNotice,
  ...rest
}: Typed & {
  asked: Asked;
  asker: string;
  isPending: boolean;
  isSentBefore: boolean;
  hasNotice: boolean;
}) {
  const t = useTranslations("confirm");
  const code = useTranslations("account.code");
  const { number, values, errors } = rest;
  const phone = showPhone(asked.phone);
  return (
    <>
      {!hasNotice && (
        <Notice role="status">{isSentBefore ? code("justSent") : code("sentTo", { phone })}</Notice>
      )}
      <form
        method="post"
        action={`/orders/${number}/phone`}
        id="confirm-phone"
        className="card stack"
      >
        <p>
          {code("number")} <strong>{phone}</strong>
        </p>
        <TextField
          {...fieldOf("code", { values, errors })}
          label={code("code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          required
        />
        <Button variant="buy" wide>
          {t(isPending ? "enterAndPay" : "enter")}
        </Button>
      </form>
      <form method="post" action={`/orders/${number}/phone`}>
        <input type="hidden" name="phone" value={asked.phone} />
        <input type="hidden" name="asker" value={asked.asker} />
        <Button variant="quiet" wide>
          {code("resend")}
        </Button>
      </form>
      <details open={errors.phone !== undefined}>
        <summary className="min-h-11 cursor-pointer py-2">{code("change")}</summary>
        <NumberForm {...rest} orderPhone={values.phone ?? ""} />
      </details>
    </>
  );
}

/** A message that does not come must not keep her from paying. */
export function PayAtOnce({ number, totalFen }: { number: string; totalFen: number }) {
  const t = useTranslations("confirm");
  return (
    <form method="post" action={`/orders/${number}/payment`} className="stack">
      <Button variant="quiet" wide>
        {t("payAtOnce", { total: formatFen(totalFen) })}
      </Button>
      <p className="hint">{t("payAtOnceHint")}</p>
    </form>
  );
}
