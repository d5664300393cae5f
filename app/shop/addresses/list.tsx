import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { type KeptAddress, listAddresses } from "#app/domain/addresses/address-book.ts";
import { MOST_ADDRESSES } from "#app/domain/addresses/save-address.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Badge, EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { addressLine } from "./address-line.ts";
import { requireBuyer } from "./keep.ts";

export const handle = { area: "account" };

const DONE = ["kept", "removed", "default"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const buyer = await requireBuyer(request, context);
  const asked = new URL(request.url).searchParams.get("done");
  return {
    title: translator(context.locale, "addresses")("documentTitle"),
    addresses: await listAddresses(context.db, buyer),
    done: DONE.find((word) => word === asked) ?? null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function AddressBook() {
  const { addresses, done } = useLoaderData<typeof loader>();
  const t = useTranslations("addresses");
  const most = MOST_ADDRESSES;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/account", label: t("account") }}>{t("title")}</PageTitle>
      {done && <Notice role="status">{t(`done.${done}`)}</Notice>}
      {addresses.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>
      ) : (
        <p className="hint">{t("count", { count: addresses.length, most })}</p>
      )}
      <ul className="stack">
        {addresses.map((address) => (
          <AddressItem key={address.id} address={address} />
        ))}
      </ul>
      {addresses.length >= most ? (
        <Notice tone="earth">{t("full", { most })}</Notice>
      ) : (
        <ButtonLink wide href="/account/addresses/new">
          {t("add")}
        </ButtonLink>
      )}
    </div>
  );
}

function AddressItem({ address }: { address: KeptAddress }) {
  const t = useTranslations("addresses");
  const locale = useLocale();
  const { id, recipient, phone, street, isDefault } = address;
  const path = `/account/addresses/${id}`;
  const which = { recipient, street };
  return (
    <li className="card stack" id={`address-${id}`}>
      <p className="wrap-break-word">
        <b>{recipient}</b> {phone} {isDefault && <Badge tone="leaf">{t("default")}</Badge>}
        <span className="block">{addressLine(address, locale)}</span>
      </p>
      <div className="flex flex-wrap items-start gap-3">
        <ButtonLink variant="quiet" href={`${path}/edit`} aria-label={t("editThis", which)}>
          {t("edit")}
        </ButtonLink>
        {!isDefault && (
          <form method="post" action={`${path}/default`}>
            <Button variant="quiet" aria-label={t("makeDefaultThis", which)}>
              {t("makeDefault")}
            </Button>
          </form>
        )}
        <details>
          <summary
            className="min-h-11 cursor-pointer px-2 py-2"
            aria-label={t("removeThis", which)}
          >
            {t("remove")}
          </summary>
          <form method="post" action={`${path}/removal`} className="stack">
            <p>{t("removeSure")}</p>
            <Button variant="quiet">{t("removeNow")}</Button>
          </form>
        </details>
      </div>
    </li>
  );
}
