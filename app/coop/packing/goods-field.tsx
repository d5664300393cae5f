import { useTranslations } from "use-intl";
import type { ParcelLine } from "#app/domain/parcels/read-parcel-lines.ts";
import { lossReasons } from "#app/domain/stock/loss-reasons.ts";
import type { ErrorKey } from "#app/ui/field.tsx";
import { useWords } from "./words.ts";

/** What may have become of a line's goods. */
export const goodsAnswers = ["here", ...lossReasons] as const;

export const goodsName = (line: Pick<ParcelLine, "id">) => `goods-${line.id}`;

/**
 * Whether a line's goods can be sold to somebody else. Nothing is chosen for the reader: one answer
 * puts on sale what another takes out of stock for good.
 */
export function GoodsField({
  line,
  chosen,
  error,
}: {
  line: ParcelLine;
  chosen?: string;
  error?: ErrorKey;
}) {
  const t = useTranslations("coop.parcel");
  const errors = useTranslations("errors");
  const words = useWords();
  const name = goodsName(line);
  const id = `field-${name}`;
  return (
    <fieldset id={id} aria-describedby={error && `${id}-error`}>
      <legend className="label">
        {t("goods", { title: words.graded(line), quantity: words.quantity(line) })}
      </legend>
      {goodsAnswers.map((answer) => (
        <label key={answer} className="flex min-h-11 items-center gap-3">
          <input
            className="size-5 shrink-0"
            type="radio"
            name={name}
            value={answer}
            defaultChecked={answer === chosen}
          />
          <span>{t(`goodsAre.${answer}`)}</span>
        </label>
      ))}
      {error && (
        <p className="error" id={`${id}-error`}>
          {errors(error)}
        </p>
      )}
    </fieldset>
  );
}
