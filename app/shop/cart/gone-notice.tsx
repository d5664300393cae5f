import { useLocale, useTranslations } from "use-intl";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/layout.tsx";
import type { Gone } from "./read-gone.ts";

/** Says that a form sent again added nothing, and lets it be added after all by one tap. */
export function GoneNotice({ gone }: { gone: Gone }) {
  const t = useTranslations("shop.cart");
  const { listingId, title, quantity, priceFen, clientKey } = gone;
  return (
    <Notice role="status" tone="earth">
      <p>{t("gone", { title: pick(useLocale(), title.zh, title.en) })}</p>
      {quantity > 0 && (
        <form method="post" action={`/produce/${listingId}`} className="mt-2">
          <HiddenKey value={clientKey} />
          <input type="hidden" name="quantity" value={quantity} />
          <input type="hidden" name="seenPriceFen" value={priceFen} />
          <Button variant="quiet">{t("putAgain", { count: quantity })}</Button>
        </form>
      )}
    </Notice>
  );
}
