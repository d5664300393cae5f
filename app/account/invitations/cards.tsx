import { useLocale, useTranslations } from "use-intl";
import type { AnsweredInvitation, Invitation } from "#app/domain/people/answer-invitation.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Card, Notice } from "#app/ui/layout.tsx";

type Problem = Extract<AnsweredInvitation, { ok: false }>["reason"];
const words = { "not-open": "notOpen", "works-elsewhere": "worksElsewhere" } as const;

/** The cooperatives that ask her to work with them, each with its two answers. */
export function InvitationCards({
  invitations,
  problem,
}: {
  invitations: Invitation[];
  problem: Problem | null;
}) {
  const t = useTranslations("account.me");
  const role = useTranslations("words.role");
  const locale = useLocale();
  return (
    <>
      {problem && (
        <Notice tone="red" role="alert">
          {t(words[problem])}
        </Notice>
      )}
      {invitations.map((invitation) => {
        const { nameZh, nameEn } = invitation.cooperative;
        const cooperative = pick(locale, nameZh, nameEn);
        const date = formatDate(invitation.expiresAt, locale);
        return (
          <Card key={invitation.id} title={t("invitations")}>
            <p>{t("invitation", { cooperative, role: role(invitation.role) })}</p>
            <p className="text-earth">{t("invitationHint", { date })}</p>
            <form
              method="post"
              action={`/account/invitations/${invitation.id}`}
              className="flex gap-3"
            >
              <Button name="answer" value="yes">
                {t("accept")}
              </Button>
              <Button name="answer" value="no" variant="quiet">
                {t("decline")}
              </Button>
            </form>
          </Card>
        );
      })}
    </>
  );
}
