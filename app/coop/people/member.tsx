import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { changeMember, endMember } from "#app/domain/people/change-member.ts";
import { LONGEST_NAME } from "#app/domain/people/invitation-rule.ts";
import { readMember } from "#app/domain/people/read-members.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { nameField, roleField } from "./place-fields.ts";
import { RoleField } from "./role-field.tsx";

export const handle = { area: "coop", keptForm: { id: "member" } };

async function openMember({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const member = await readMember(context.db, scope, params.memberId ?? "");
  if (!member) throw new Response(null, { status: 404 });
  return { scope, member };
}

export async function loader(args: LoaderFunctionArgs) {
  const { member } = await openMember(args);
  const t = translator(args.context.locale, "coop");
  return { title: member.name ?? t("people.unnamed"), member };
}

const change = z.discriminatedUnion("what", [
  z.object({ what: z.literal("place"), role: roleField, name: nameField }),
  z.object({ what: z.literal("end") }),
]);

export async function action(args: ActionFunctionArgs) {
  const { scope, member } = await openMember(args);
  const { db } = args.context;
  const form = await readForm(args.request, change);
  const { values } = form;
  if (switchLocale(args.context, values.locale)) {
    const none: FieldErrors = {};
    return data({ errors: none, values, problem: null }, { status: 200 });
  }
  if (!form.ok) return data({ errors: form.errors, values, problem: null }, { status: 422 });
  const memberId = member.id;
  const { value } = form;
  const changed =
    value.what === "place"
      ? await changeMember(db, scope, { memberId, role: value.role, name: value.name })
      : await endMember(db, scope, { memberId });
  if (changed.ok) {
    // Whoever gave up her own right to see this page is led to one that she may see.
    const isOut = member.isMe && !(value.what === "place" && value.role === "manager");
    if (isOut) return redirect(value.what === "end" ? "/account" : "/coop", 303);
    return redirect(`/coop/people?done=${value.what === "place" ? "saved" : "ended"}`, 303);
  }
  if (changed.reason === "member-not-found") throw new Response(null, { status: 404 });
  const errors: FieldErrors = {};
  return data({ errors, values, problem: "lastManager" as const }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function MemberPage() {
  const { title, member } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("coop.people");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/people", label: t("title") }}>
        {title} {member.isMe && t("me")}
      </PageTitle>
      {answer?.problem && (
        <Notice tone="red" role="alert">
          {t(answer.problem)}
        </Notice>
      )}
      <FormNotice errors={answer?.errors} labels={{ name: t("name"), role: t("role") }} />
      <Card title={t("change")}>
        <form method="post" className="stack" id="member">
          <input type="hidden" name="what" value="place" />
          <TextField
            name="name"
            label={t("name")}
            defaultValue={answer?.values.name ?? member.name ?? ""}
            error={answer?.errors.name}
            maxLength={LONGEST_NAME}
            autoComplete="off"
            required
          />
          <RoleField chosen={answer?.values.role ?? member.role} error={answer?.errors.role} />
          <Button>{t("save")}</Button>
        </form>
      </Card>
      <Card title={t("end")}>
        <p className="text-earth">{t("endHint")}</p>
        <form method="post">
          <input type="hidden" name="what" value="end" />
          <Button variant="quiet">{t("endButton")}</Button>
        </form>
      </Card>
    </div>
  );
}
