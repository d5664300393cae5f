import { useLocale, useTranslations } from "use-intl";
import type { Member } from "#app/domain/people/read-members.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";

export function MemberTable({ members }: { members: Member[] }) {
  const t = useTranslations("coop.people");
  const words = useTranslations("words.role");
  const locale = useLocale();
  const name = (member: Member) => (
    <>
      {member.name ?? t("unnamed")} {member.isMe && t("me")}
    </>
  );
  return (
    <DataTable
      caption={t("caption")}
      rows={members}
      rowKey={({ id }) => id}
      columns={[
        { label: t("name"), cell: name },
        { label: t("phone"), cell: ({ phone }) => (phone ? showPhone(phone) : "–") },
        { label: t("role"), cell: ({ role }) => words(role) },
        { label: t("since"), cell: ({ since }) => formatDate(since, locale) },
        {
          label: t("change"),
          cell: ({ id }) => <RowLink href={`/coop/people/${id}`}>{t("change")}</RowLink>,
        },
      ]}
    />
  );
}
