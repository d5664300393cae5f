import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { certificateKinds } from "#app/domain/certificates/certificate-rule.ts";
import { enterCertificate } from "#app/domain/certificates/enter-certificate.ts";
import { readCertificates } from "#app/domain/certificates/read-certificates.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { listingIdOf, notFound } from "#app/offers/desk.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { CertificateList } from "./certificate-list.tsx";

export const handle = { area: "coop" };

const schema = z.object({
  kind: z.enum(certificateKinds, "choose"),
  number: z.string().default(""),
  validUntil: z.string().trim().pipe(z.iso.date("date")),
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const id = listingIdOf(params);
  const listing = await readCertificates(context.db, scope, id);
  if (!listing) throw notFound();
  const name = pick(context.locale, listing.titleZh, listing.titleEn);
  return {
    ...{ id, name, isRunning: listing.isRunning, certificates: listing.certificates },
    // Of a pooled one there are only its lots.
    of: listing.isPooled ? "/coop/stock" : `/coop/listings/${id}`,
    title: translator(context.locale, "certificates")("title"),
    done: new URL(request.url).searchParams.get("done"),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const listingId = listingIdOf(params);
  if (!(await readCertificates(context.db, scope, listingId))) throw notFound();
  const form = await readForm(request, schema);
  const refuse = (errors: FieldErrors) => data({ errors, values: form.values }, { status: 422 });
  if (!form.ok) return refuse(form.errors);
  const entered = await enterCertificate(context.db, scope, { ...form.value, listingId });
  if (entered.ok) return redirect(`/coop/listings/${listingId}/certificates?done=entered`, 303);
  if (entered.reason === "listing-unknown") throw notFound();
  return refuse({ [entered.field]: entered.problem });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** What the cooperative has seen the papers of; whoever grows it cannot claim it by herself. */
export default function CertificatesPage() {
  const { id, name, of, title, isRunning, certificates, done } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const t = useTranslations("certificates");
  const words = useTranslations("words.certificate");
  const labels = { kind: t("kind"), number: t("number"), validUntil: t("validUntil") };
  const said = done === "entered" || done === "removed" ? done : null;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: of, label: name }}>{title}</PageTitle>
      {said && <Notice role="status">{t(said)}</Notice>}
      <FormNotice errors={refused.errors} labels={labels} />
      <CertificateList listingId={id} certificates={certificates} />
      {isRunning && (
        <Card title={t("enter")}>
          <p>{t("intro")}</p>
          <form method="post" className="stack">
            <SelectField
              {...fieldOf("kind", refused)}
              label={labels.kind}
              placeholder={t("choose")}
              options={certificateKinds.map((value) => ({ value, label: words(value) }))}
              required
            />
            <TextField
              {...fieldOf("number", refused)}
              label={labels.number}
              hint={t("numberHint")}
              maxLength={60}
              autoComplete="off"
              required
            />
            <TextField
              {...fieldOf("validUntil", refused)}
              type="date"
              label={labels.validUntil}
              hint={t("validUntilHint")}
              required
            />
            <Button wide>{t("send")}</Button>
          </form>
        </Card>
      )}
    </div>
  );
}
