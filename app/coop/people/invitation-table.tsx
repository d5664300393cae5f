import { useLocale, useTranslations } from "use-intl";
import type { OpenInvitation } from "#app/domain/people/read-members.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { Button } from "#app/ui/button.tsx";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";

export function InvitationTable({ invitations }: { invitations: OpenInvitation[] }) {
  const t = useTranslations("coop.people");
  const words = useTranslations("words.role");
  const locale = useLocale();
  const takeBack = ({ id }: OpenInvitation) => (
    <form method="post" action={`/coop/people/invitations/${id}/withdrawal`}>
      <Button variant="quiet">{t("takeBack")}</Button>
    </form>
  );
  return (
    <DataTable
      caption={t("askedCaption")}
      rows={invitations}
      rowKey={({ id }) => id}
      columns={[
        { label: t("name"), cell: ({ name }) => name },
        { label: t("phone"), cell: ({ phone }) => showPhone(phone) },
        { label: t("role"), cell: ({ role }) => words(role) },
        { label: t("until"), cell: ({ expiresAt }) => formatDate(expiresAt, locale) },
        { label: t("takeBack"), cell: takeBack },
      ]}
    />
  );
}
