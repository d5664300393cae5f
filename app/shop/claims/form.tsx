import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { buyerOf } from "#app/account/guards.ts";
import { ClaimProblemNotice } from "#app/claims/problem-notice.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { LONGEST_WORDS } from "#app/domain/claims/claim-rules.ts";
import { readClaim } from "#app/domain/claims/read-claim.ts";
import { readClaimable } from "#app/domain/claims/read-claimable.ts";
import { sendClaim } from "#app/domain/claims/send-claim.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { claimFormPath, claimPath, photosPath } from "./claim-path.ts";
import { type ClaimedBefore, ClaimedBeforeNotice } from "./claimed-before.tsx";
import { readClaimUpload } from "./keep-photos.ts";
import { PhotoField } from "./photo-field.tsx";
import { lineField, readClaimForm } from "./read-claim-form.ts";
import { ShareField } from "./share-field.tsx";

export const handle = { area: "shop" };

async function ownParcel({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const asked = { number: params.number ?? "", parcelId: params.parcelId ?? "" };
  const parcel = await readClaimable(context.db, buyer, asked);
  if (!parcel) throw new Response("Not Found", { status: 404 });
  return { buyer, parcel };
}

export async function loader(args: LoaderFunctionArgs) {
  const { parcel } = await ownParcel(args);
  const { phone: _, orderId: __, buyerUserId, ...shown } = parcel;
  const title = translator(args.context.locale, "claims")("form.title");
  return { title, parcel: shown, isConfirmed: buyerUserId !== null, clientKey: uuidv7() };
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  const { buyer, parcel } = await ownParcel(args);
  const { orderNumber: number, parcelId } = parcel;
  const sent = await readClaimUpload(context, buyer, { request, number });
  if (!sent) throw new Response("Bad request", { status: 400 });
  const { form, kept } = sent;
  const { asked, values, errors } = await readClaimForm(form, parcel);
  const photoError = kept.error ?? (kept.photos.length === 0 ? ("photo-none" as const) : undefined);
  if (photoError) errors.photo = photoError;
  const refuse = (found: FieldErrors, status = 422, before: ClaimedBefore | null = null) =>
    data({ errors: found, values, kept, before }, { status });
  const isWhole = Object.keys(errors).length === 0;
  if (!isUuid(asked.clientKey)) return refuse(errors);
  // Sent twice, the second comes when its line and photos are the first one's: it is the same claim.
  const photoIds = kept.photos.map(({ id }) => id);
  const made = await sendClaim(context.db, buyer, {
    ...{ ...asked, number, parcelId, photoIds, isWhole },
  });
  if (made.ok) return redirect(claimPath(number, made.claimId), 303);
  if (made.reason === "parcel-not-found") throw new Response("Not Found", { status: 404 });
  if (made.reason === "claimed-before") {
    const before = await readClaim(context.db, { buyer, number }, made.claimId);
    return refuse(errors, 409, before);
  }
  if (!isWhole) return refuse(errors);
  // Something came in between; the page, read anew, says what.
  return refuse({}, 409);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function ClaimForm() {
  const { title, parcel, isConfirmed, clientKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const words = useClaimWords();
  const { t } = words;
  const number = parcel.orderNumber;
  const labels = {
    ...Object.fromEntries(parcel.lines.map((line) => [lineField(line.id), words.title(line)])),
    photo: t("form.photos"),
    words: t("form.words"),
  };
  const isOpen = parcel.problem === null || answer !== undefined;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: `/orders/${number}`, label: t("order.back", { number }) }}>
        {title}
      </PageTitle>
      <ClaimProblemNotice problem={parcel.problem} />
      {answer?.before && <ClaimedBeforeNotice before={answer.before} parcel={parcel} />}
      {answer && !answer.before && Object.keys(answer.errors).length === 0 && !parcel.problem && (
        <ClaimProblemNotice problem="changed" />
      )}
      <FormNotice errors={answer?.errors} labels={labels} />
      {isOpen && (
        <>
          <Notice
            tone="leaf"
            title={parcel.until && t("form.until", { when: words.when(parcel.until) })}
          >
            {t("form.rule", { produce: formatFen(parcel.produceFen) })}
            {parcel.isOnItsWay && <p className="mt-3">{t("form.came")}</p>}
          </Notice>
          {!isConfirmed && <ConfirmFirst number={number} />}
          <Card title={words.name(parcel)}>
            <form
              className="stack"
              method="post"
              action={claimFormPath(number, parcel.parcelId)}
              encType="multipart/form-data"
            >
              <HiddenKey
                // A key that was refused, or has sent another claim, would be refused again.
                value={
                  answer && !answer.errors.clientKey && !answer.before
                    ? (answer.values.clientKey ?? clientKey)
                    : clientKey
                }
              />
              {parcel.lines.map((line) => (
                <ShareField
                  key={line.id}
                  line={line}
                  chosen={answer?.values[lineField(line.id)]}
                  error={answer?.errors[lineField(line.id)]}
                />
              ))}
              <PhotoField
                photos={answer?.kept.photos ?? []}
                path={photosPath(number)}
                refused={answer?.kept.refused ?? []}
                error={answer?.errors.photo}
              />
              <Field
                name="words"
                label={t("form.words")}
                hint={t("form.wordsHint")}
                error={answer?.errors.words}
              >
                {(control) => (
                  <textarea
                    {...control}
                    className="input"
                    rows={3}
                    maxLength={LONGEST_WORDS}
                    defaultValue={answer?.values.words}
                  />
                )}
              </Field>
              <Button variant="buy" wide>
                {t("form.send")}
              </Button>
            </form>
          </Card>
        </>
      )}
    </div>
  );
}

/** Of a guest nobody can tell whether it is her first claim, unless her number is confirmed. */
function ConfirmFirst({ number }: { number: string }) {
  const t = useTranslations("confirm.claim");
  return (
    <Notice tone="persimmon" title={t("title")}>
      <p>{t("body")}</p>
      <p className="mt-3">
        <ButtonLink variant="quiet" href={`/orders/${number}/phone`}>
          {t("button")}
        </ButtonLink>
      </p>
    </Notice>
  );
}
