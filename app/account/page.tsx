import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { readOwnApplication } from "#app/domain/joining/read-own-application.ts";
import { readInvitations } from "#app/domain/people/answer-invitation.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { isEasyMode } from "#app/ui/easy-mode.ts";
import { EasyModeForm } from "#app/ui/easy-mode-form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { currentUser } from "./guards.ts";
import { areasOf } from "./home-of.ts";
import { InvitationCards } from "./invitations/cards.tsx";
import { JoinCard } from "./join/card.tsx";

export const handle = { area: "account", enhance: ["forget-farm"] };

export const headers = notKept;

const PROBLEMS = ["not-open", "works-elsewhere"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await currentUser(request, context);
  const problem = new URL(request.url).searchParams.get("problem");
  const isFarming = person?.roles.household != null;
  const applied = person && !isFarming ? await readOwnApplication(context.db, person) : null;
  return {
    canJoin: person !== null && !isFarming,
    hasApplied: applied?.state === "open",
    invitations: person ? await readInvitations(context.db, person) : [],
    problem: PROBLEMS.find((each) => each === problem) ?? null,
    title: translator(context.locale, "account")("title"),
    phone: person && showPhone(person.phone),
    areas: person ? areasOf(person.roles) : [],
    isEasy: isEasyMode(request.headers),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function LanguageCard() {
  const t = useTranslations("account.me");
  const locale = useLocale();
  return (
    <Card title={t("language")}>
      <form method="post" action="/language" className="flex flex-wrap gap-3">
        <input type="hidden" name="to" value="/account" />
        <Button
          name="locale"
          value="zh"
          lang="zh-CN"
          variant={locale === "zh" ? "primary" : "quiet"}
        >
          中文
        </Button>
        <Button name="locale" value="en" lang="en" variant={locale === "en" ? "primary" : "quiet"}>
          English
        </Button>
      </form>
    </Card>
  );
}

export default function AccountPage() {
  const { phone, areas, isEasy, invitations, problem, canJoin, hasApplied } =
    useLoaderData<typeof loader>();
  const t = useTranslations("account");
  const words = useTranslations("words.role");
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      <InvitationCards invitations={invitations} problem={problem} />
      {phone ? (
        <Card title={t("me.signedInAs", { phone })}>
          <p>{areas.map(({ role }) => words(role)).join(" · ") || words("buyer")}</p>
          <form method="post" action="/sign-out">
            <Button variant="quiet">{t("me.signOut")}</Button>
          </form>
        </Card>
      ) : (
        <Card title={t("me.guest")}>
          <p>{t("me.guestBody")}</p>
          <ButtonLink href="/sign-in?to=/account" wide>
            {t("me.signIn")}
          </ButtonLink>
        </Card>
      )}
      {areas.length > 0 && (
        <Card title={t("me.areas")}>
          {areas.map(({ role, href }) => (
            <ButtonLink key={role} href={href} wide>
              {t(`me.${role}`)}
            </ButtonLink>
          ))}
        </Card>
      )}
      {areas.some(({ role }) => role === "farmer") && (
        <EasyModeForm isEasy={isEasy} to="/account" />
      )}
      {canJoin && <JoinCard isWaiting={hasApplied} />}
      <ButtonLink href="/orders" variant="quiet" wide>
        {t("me.orders")}
      </ButtonLink>
      {phone && (
        <ButtonLink href="/account/addresses" variant="quiet" wide>
          {t("me.addresses")}
        </ButtonLink>
      )}
      <LanguageCard />
    </div>
  );
}
