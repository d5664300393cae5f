import { useTranslations } from "use-intl";
import type { Said } from "#app/domain/orders/said-rule.ts";
import { Badge, Notice } from "#app/ui/layout.tsx";

/** What the buyer says to whoever packs: her note, and that it is a gift, with the words for its card. */
export function SaidNotice({ said: { note, giftWords } }: { said: Said }) {
  const t = useTranslations("said.desk");
  if (note === "" && giftWords === null) return null;
  return (
    <Notice tone="persimmon">
      {note !== "" && (
        <p className="wrap-break-word">
          <b>{t("note")}</b> {note}
        </p>
      )}
      {giftWords !== null && (
        <p className="wrap-break-word">
          <Badge tone="persimmon">{t("gift")}</Badge> {t("giftRule")}
          {giftWords !== "" && <b className="block">{t("card", { words: giftWords })}</b>}
        </p>
      )}
    </Notice>
  );
}
