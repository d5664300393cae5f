import { useLocale, useTranslations } from "use-intl";
import type { OwnApplication } from "#app/domain/joining/read-own-application.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { formatDate } from "#app/ui/format.ts";
import { Card, Facts, Notice } from "#app/ui/layout.tsx";

// The language button sends the form called "join", whether or not there is one to fill in.

/** Whoever sells for a household already has nothing to apply for. */
export function Farming({ isAlone }: { isAlone: boolean }) {
  const t = useTranslations("joining.apply");
  return (
    <Card title={t("farmsTitle")}>
      <p>{t("farmsHint")}</p>
      <ButtonLink href="/farm">{t("toFarm")}</ButtonLink>
      {isAlone && <form method="post" action="/join" id="join" />}
    </Card>
  );
}

/** What waits for the cooperative, and the way to take it back. */
export function Waiting({
  application,
  isAlone,
}: {
  application: OwnApplication;
  /** No form stands below. */
  isAlone: boolean;
}) {
  const t = useTranslations("joining.apply");
  const locale = useLocale();
  const { cooperative, sentAt, helperName } = application;
  const name = pick(locale, cooperative.nameZh, cooperative.nameEn);
  return (
    <Card title={t("openTitle")}>
      <p>{t("openBody", { cooperative: name, date: formatDate(sentAt, locale) })}</p>
      <Facts
        items={[
          [t("registerCode"), application.registerCode],
          [t("headName"), application.headName],
          [t("relation"), t(`relations.${application.relation}`)],
          [t("village"), application.village],
          ...(helperName ? [[t("helper"), helperName] as const] : []),
        ]}
      />
      <form method="post" action="/join/withdrawal">
        <Button variant="quiet">{t("takeBack")}</Button>
      </form>
      {isAlone && <form method="post" action="/join" id="join" />}
    </Card>
  );
}

/** What became of the last application, over the form that begins with it. */
export function Ended({ application }: { application: OwnApplication }) {
  const t = useTranslations("joining.apply");
  const locale = useLocale();
  const { state, reason, cooperative } = application;
  if (state === "approved") {
    return (
      <Notice tone="persimmon" title={t("endedTitle")}>
        <p>{t("endedHint")}</p>
      </Notice>
    );
  }
  if (state !== "refused") return null;
  const name = pick(locale, cooperative.nameZh, cooperative.nameEn);
  return (
    <Notice tone="persimmon" title={t("refusedTitle", { cooperative: name })}>
      <p>{t("refusedReason", { reason: reason ?? "" })}</p>
      <p>{t("refusedHint")}</p>
    </Notice>
  );
}
