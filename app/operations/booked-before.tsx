import { useLocale, useTranslations } from "use-intl";
import type { BookedBefore } from "#app/domain/payments/book-transfer.ts";
import { formatDate } from "#app/ui/format.ts";
import { SentBefore } from "#app/ui/sent-before.tsx";
import { formatAmount } from "./amount.ts";

/** The transfer that the form has booked already, which is another than what is in it now. */
export function BookedBeforeNotice({
  before,
  currency,
  button,
}: {
  before: BookedBefore;
  currency: string;
  button?: string;
}) {
  const t = useTranslations("operations.owed");
  const locale = useLocale();
  const { fen, paidOn, reference } = before;
  const said = { fen: formatAmount(fen, currency), day: formatDate(paidOn, locale), reference };
  return <SentBefore title={t("before", said)} button={button} />;
}
