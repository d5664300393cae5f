import { useLocale, useTranslations } from "use-intl";
import type { Match, OpenApplication } from "#app/domain/joining/read-applications.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatDate } from "#app/ui/format.ts";
import { Badge, Card, Facts } from "#app/ui/layout.tsx";

type Known = Extract<Match, { kind: "own" }>["household"];

/** What somebody wrote, and, where there is such a household, what the cooperative has. */
export function Compare({ typed, known }: { typed: OpenApplication; known: Known | null }) {
  const t = useTranslations("joining.decide");
  const list = useTranslations("joining.list");
  const apply = useTranslations("joining.apply");
  const locale = useLocale();
  const helper = (name: string | null) => name ?? t("notGiven");
  const marked = (text: string, isOther: boolean | null | undefined) => (
    <>
      {text} {isOther && <Badge tone="persimmon">{t("differs")}</Badge>}
    </>
  );
  const places: string[] = known ? [known.villageZh, known.villageEn] : [typed.village];
  const hasOtherHelper =
    known?.helperName && typed.helperName && typed.helperName !== known.helperName;
  const hers = (
    <Card title={t("typed")}>
      <Facts
        items={[
          [list("code"), typed.registerCode],
          [list("head"), marked(typed.headName, known && known.headName !== typed.headName)],
          [list("village"), marked(typed.village, !places.includes(typed.village))],
          [t("helper"), marked(helper(typed.helperName), Boolean(hasOtherHelper))],
          [t("relation"), apply(`relations.${typed.relation}`)],
          [t("phone"), typed.phone ? showPhone(typed.phone) : "–"],
          [list("sentAt"), formatDate(typed.sentAt, locale)],
        ]}
      />
    </Card>
  );
  if (!known) return hers;
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      {hers}
      <Card title={t("known")}>
        <Facts
          items={[
            [list("code"), typed.registerCode],
            [list("head"), known.headName],
            [list("village"), `${known.villageZh} · ${known.villageEn}`],
            [t("helper"), helper(known.helperName)],
            [list("alias"), pick(locale, known.aliasZh, known.aliasEn)],
            [t("phones"), list("phoneCount", { count: known.phones })],
          ]}
        />
      </Card>
    </div>
  );
}
