import { useLocale, useTranslations } from "use-intl";
import type { HouseholdPhone } from "#app/domain/joining/read-own-household.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { Button } from "#app/ui/button.tsx";
import { type Column, DataTable } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";

/** Phones that farm for a household, each with the button that takes it off, or that did before. */
export function PhoneTable({ phones, arePast }: { phones: HouseholdPhone[]; arePast?: true }) {
  const t = useTranslations("joining.household");
  const apply = useTranslations("joining.apply");
  const locale = useLocale();
  const relationOf = ({ relation }: HouseholdPhone) =>
    relation ? apply(`relations.${relation}`) : "–";
  const remove = ({ memberId }: HouseholdPhone) => (
    <form method="post">
      <input type="hidden" name="memberId" value={memberId} />
      <Button variant="quiet">{t("remove")}</Button>
    </form>
  );
  const last: Column<HouseholdPhone> = arePast
    ? { label: t("until"), cell: ({ endedAt }) => (endedAt ? formatDate(endedAt, locale) : "–") }
    : { label: t("remove"), cell: remove };
  return (
    <DataTable
      caption={t(arePast ? "past" : "caption")}
      rows={phones}
      rowKey={({ memberId }) => memberId}
      columns={[
        { label: t("phone"), cell: ({ phone }) => (phone ? showPhone(phone) : t("noNumber")) },
        { label: t("relation"), cell: relationOf },
        { label: t("since"), cell: ({ since }) => formatDate(since, locale) },
        last,
      ]}
    />
  );
}
