import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { inviteMember } from "#app/domain/people/invite-member.ts";
import { readMembers } from "#app/domain/people/read-members.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { showPhone } from "#app/forms/read-phone.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { SentBefore } from "#app/ui/sent-before.tsx";
import { InvitationTable } from "./invitation-table.tsx";
import { invitation, refusals } from "./invite-fields.ts";
import { InviteForm } from "./invite-form.tsx";
import { MemberTable } from "./member-table.tsx";

export const handle = { area: "coop", keptForm: { id: "invite" } };

const NEWS = ["sent", "taken", "answered", "saved", "ended"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const done = new URL(request.url).searchParams.get("done");
  return {
    title: translator(context.locale, "coop")("people.title"),
    ...(await readMembers(context.db, scope)),
    news: NEWS.find((news) => news === done) ?? null,
    clientKey: uuidv7(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const form = await readForm(request, invitation);
  if (switchLocale(context, form.values.locale)) {
    return data({ errors: {}, values: form.values, before: null }, { status: 200 });
  }
  if (!form.ok) {
    const { errors, values } = form;
    return data({ errors, values, before: null }, { status: 422 });
  }
  const invited = await inviteMember(context.db, scope, form.value);
  if (invited.ok) return redirect("/coop/people?done=sent", 303);
  const { values } = form;
  if (invited.reason === "invited-before") {
    const none: FieldErrors = {};
    return data({ errors: none, values, before: invited }, { status: 409 });
  }
  const errors: FieldErrors = { phone: refusals[invited.reason] };
  return data({ errors, values, before: null }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function People() {
  const { title, members, invitations, news, clientKey } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useTranslations("coop.people");
  const words = useTranslations("coop");
  const audit = useTranslations("audit");
  const roles = useTranslations("words.role");
  const before = sent?.before;
  const labels = { phone: t("phone"), name: t("name"), role: t("role") };
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: words("today.title") }}>{title}</PageTitle>
      {news && !sent && (
        <Notice tone={news === "answered" ? "persimmon" : "leaf"} role="status">
          {t(news)}
        </Notice>
      )}
      {before && (
        <SentBefore
          title={t("sentBefore", {
            ...{ name: before.name, phone: showPhone(before.phone), role: roles(before.role) },
          })}
          button={t("send")}
          link={{ href: "#invite", label: t("toForm") }}
        />
      )}
      <FormNotice errors={sent?.errors} labels={labels} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="stack">
          <Card title={t("working")}>
            <MemberTable members={members} />
          </Card>
          {invitations.length > 0 && (
            <Card title={t("asked")}>
              <InvitationTable invitations={invitations} />
            </Card>
          )}
        </div>
        <div className="stack">
          <Card title={t("invite")}>
            <InviteForm clientKey={clientKey} sent={sent} />
          </Card>
          <Card title={audit("title")}>
            <p className="text-earth">{audit("card")}</p>
            <p>
              <ButtonLink variant="quiet" href="/coop/audit">
                {audit("open")}
              </ButtonLink>
            </p>
          </Card>
        </div>
      </div>
    </div>
  );
}
