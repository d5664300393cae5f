import { useTranslations } from "use-intl";
import { sellOutReasons } from "#app/domain/listings/note-changes.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import type { Desk } from "./desk.ts";
import { isSoldOut } from "./status-badge.tsx";

type Props = {
  desk: Pick<Desk, "side" | "path">;
  listing: OwnListing /** Made with the page: each of its forms works once. */;
  formKey: string;
};

/** Said above all else of a listing that has nothing left, with what to do about it. */
export function SoldOutNotice({ desk, listing }: Pick<Props, "desk" | "listing">) {
  const t = useTranslations("farmListing");
  if (!isSoldOut(listing)) return null;
  return (
    <Notice tone="persimmon" title={t("soldOut.title")}>
      <p>{t("soldOut.body")}</p>
      <ButtonLink href={`${desk.path(listing.id)}/restock`} wide>
        {t("run.restock")}
      </ButtonLink>
    </Notice>
  );
}

function SellOut({ desk, listing, formKey }: Props) {
  const t = useTranslations("farmListing.sellOut");
  const { id, available, status } = listing;
  if (available === 0 || status === "withdrawn") return null;
  return (
    <details>
      <summary className="min-h-11 py-2">{t("ask", { available })}</summary>
      <form method="post" action={`${desk.path(id)}/sell-out`} className="stack">
        <HiddenKey value={formKey} />
        <p>{t("body")}</p>
        <SelectField
          name="reason"
          label={t("why")}
          options={sellOutReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
        />
        <Button variant="danger" wide>
          {t("take")}
        </Button>
      </form>
    </details>
  );
}

function StatusChange({ desk, listing: { id, status } }: Pick<Props, "desk" | "listing">) {
  const t = useTranslations("farm.listing");
  const isPaused = status === "paused";
  return (
    <form method="post" action={`${desk.path(id)}/${isPaused ? "resumption" : "pause"}`}>
      <Button variant={isPaused ? "primary" : "quiet"} wide>
        {t(isPaused ? "resume" : "pause")}
      </Button>
    </form>
  );
}

export function Withdrawal({ desk, listing: { id } }: Pick<Props, "desk" | "listing">) {
  const t = useTranslations("farm.listing");
  return (
    <details>
      <summary className="min-h-11 py-2">{t("withdrawAsk")}</summary>
      <form method="post" action={`${desk.path(id)}/withdrawal`} className="stack">
        <p>{t("withdrawBody")}</p>
        <Button variant="danger" wide>
          {t("withdraw")}
        </Button>
      </form>
    </details>
  );
}

/** Everything that can be done with a listing; one that is down its farmer can only copy. */
export function Running({ desk, listing, formKey }: Props) {
  const t = useTranslations("farmListing.run");
  const { id, status } = listing;
  const isDown = status === "withdrawn";
  return (
    <Card title={t("title")}>
      {!isDown && (
        <>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(6.5rem,100%),1fr))] gap-3">
            <ButtonLink href={`${desk.path(id)}/edit`} variant="quiet" wide>
              {t("edit")}
            </ButtonLink>
            <ButtonLink href={`${desk.path(id)}/restock`} variant="quiet" wide>
              {t("restock")}
            </ButtonLink>
          </div>
          <StatusChange desk={desk} listing={listing} />
        </>
      )}
      {desk.side === "farm" && (
        <form method="post" action={`${desk.path(id)}/copy`} data-easy-hide="">
          <HiddenKey value={formKey} />
          <Button variant="quiet" wide>
            {t("copy")}
          </Button>
          <p className="hint">{t("copyHint")}</p>
        </form>
      )}
      <p data-easy-hide="">
        <a className="inline-flex min-h-11 min-w-11 items-center" href={`${desk.path(id)}/history`}>
          {t("history")}
        </a>
      </p>
      <SellOut desk={desk} listing={listing} formKey={formKey} />
      {!isDown && <Withdrawal desk={desk} listing={listing} />}
    </Card>
  );
}
