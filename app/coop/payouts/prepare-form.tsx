import { useTranslations } from "use-intl";
import type { RunTerms } from "#app/domain/payouts/owed.ts";
import { Button } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";

/** Prepares just what is shown: the terms go with it as they were understood. */
export function PrepareForm({
  terms,
  payableFen,
  clientKey,
}: {
  terms: RunTerms;
  payableFen: number;
  clientKey: string;
}) {
  const t = useTranslations("coop.payouts");
  return (
    <form method="post" className="stack">
      <HiddenKey value={clientKey} />
      <input type="hidden" name="until" value={terms.soldUntil ?? ""} />
      <input type="hidden" name="minimum" value={(terms.minimumFen / 100).toFixed(2)} />
      <Button>{t("prepare", { fen: formatFen(payableFen) })}</Button>
      <p className="hint">{t("prepareHint")}</p>
    </form>
  );
}
