import { useTranslations } from "use-intl";
import type { ReadRun } from "#app/domain/payouts/read-run.ts";
import { Button } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Notice } from "#app/ui/layout.tsx";

/** Confirm or give up an open run; a refund since its preparation must be seen first. */
export function RunDecision({ run }: { run: ReadRun }) {
  const t = useTranslations("coop.run");
  const fallen = run.items.filter((item) => item.balanceFen < item.fen);
  return (
    <Card>
      {fallen.length > 0 && (
        <Notice tone="red" title={t("changed")}>
          <p>{t("changedHint")}</p>
          <ul className="list-disc ps-5">
            {fallen.map((item) => (
              <li key={item.id}>
                {t("changedRow", {
                  name: item.headName,
                  fen: formatFen(item.fen),
                  balance: formatFen(item.balanceFen),
                })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="grid gap-6 md:grid-cols-2">
        <form className="stack" method="post" action={`/coop/payouts/${run.id}/confirmation`}>
          {fallen.length > 0 && (
            <label className="flex min-h-11 items-center gap-3">
              <input className="size-6" type="checkbox" name="evenIfOverdrawn" value="yes" />
              {t("evenIfOverdrawn")}
            </label>
          )}
          <Button variant="buy">{t("confirm")}</Button>
          <p className="hint">{t("confirmHint")}</p>
        </form>
        <form className="stack" method="post" action={`/coop/payouts/${run.id}/cancellation`}>
          <Button variant="danger">{t("cancel")}</Button>
          <p className="hint">{t("cancelHint")}</p>
        </form>
      </div>
    </Card>
  );
}
