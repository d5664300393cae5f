import { useTranslations } from "use-intl";
import { gramsOf, units } from "#app/domain/listings/offer-rules.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { formOf } from "./changed-notice.tsx";
import type { Desk } from "./desk.ts";

/** Fields that an edit cannot change any more, and that its page therefore has not got. */
export function stayingFields({ wasOrdered, lots }: OwnListing): ReadonlySet<string> {
  const unit = wasOrdered ? ["unit", "unitGrams"] : [];
  return new Set([...unit, ...(lots > 1 ? ["harvestedOn"] : [])]);
}

/**
 * Which of them were sent with something else than what stays: that is never let go without a word,
 * for what she typed beside it, a price above all, was meant for it.
 */
export function stayingErrors(listing: OwnListing, values: FormValues): FieldErrors {
  const now = formOf(listing);
  const staying = stayingFields(listing);
  const differs = (name: string) => staying.has(name) && values[name] !== now[name];
  // Of a unit of a weight of its own no other weight was asked for.
  const isOwnWeight = now.unitGrams !== "";
  const isUnit = differs("unit") || (isOwnWeight && differs("unitGrams"));
  return {
    ...(isUnit && { unit: "unit-fixed" as const }),
    ...(differs("harvestedOn") && { harvestedOn: "harvest-fixed" as const }),
  };
}

type Props = {
  desk: Pick<Desk, "side" | "path">;
  listing: OwnListing;
  values: FormValues;
  errors: FieldErrors;
  button: string;
};

/**
 * What could be changed when the page was opened and cannot now: why, what she typed for it, what is
 * kept, and what she can do instead.
 */
export function StaysNotice({ desk, listing, values, errors, button }: Props) {
  const t = useTranslations("farmListing.edit.stays");
  const unitWords = useUnitWords();
  const staying = stayingFields(listing);
  const isOf = (name: "unit" | "unitGrams" | "harvestedOn") => staying.has(name) && errors[name];
  const typedUnit = units.find((one) => one === values.unit);
  const grams = Number(values.unitGrams) || listing.unitGrams;
  const { id, unit, unitGrams, lots } = listing;
  return (
    <>
      {(isOf("unit") || isOf("unitGrams")) && (
        <Notice tone="red" title={t("unitTitle")} role="alert">
          <p>
            {t("unit", {
              typed: typedUnit ? unitWords(typedUnit, gramsOf(typedUnit, grams) ?? grams) : "—",
              unit: unitWords(unit, unitGrams),
            })}
          </p>
          <p>{t("rest", { button })}</p>
          <p>{t("unitWay")}</p>
          {desk.side === "farm" && (
            <ButtonLink href={desk.path(id)} variant="quiet" wide>
              {t("copy")}
            </ButtonLink>
          )}
        </Notice>
      )}
      {isOf("harvestedOn") && (
        <Notice tone="red" title={t("harvestTitle", { lots })} role="alert">
          <p>{t("harvest", { typed: values.harvestedOn || "—" })}</p>
          <p>{t("rest", { button })}</p>
          <p>{t("harvestWay")}</p>
          <ButtonLink href={`${desk.path(id)}/restock`} variant="quiet" wide>
            {t("restock")}
          </ButtonLink>
        </Notice>
      )}
    </>
  );
}
