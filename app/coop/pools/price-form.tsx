import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { Card } from "#app/ui/layout.tsx";
import type { PROBLEMS } from "./pool-news.ts";

/** Another price; where it cannot be, why stands above what was typed. */
export function PriceForm({
  poolId,
  price,
  problem,
}: {
  poolId: string;
  price: string;
  problem: (typeof PROBLEMS)[number] | null;
}) {
  const t = useTranslations("pools");
  const yuan = useTranslations("farm.new")("yuan");
  return (
    <Card title={t("priceTitle")} id="price">
      <form method="post" action={`/coop/pools/${poolId}/price`} className="stack" id="pool-price">
        {problem && (
          <p className="error" role="alert">
            {t(`problem.${problem}`)}
          </p>
        )}
        <TextField
          name="price"
          label={t("form.price")}
          hint={t("form.priceHint")}
          defaultValue={price}
          inputMode="decimal"
          suffix={yuan}
          autoComplete="off"
          required
        />
        <Button variant="quiet">{t("priceSave")}</Button>
      </form>
    </Card>
  );
}
