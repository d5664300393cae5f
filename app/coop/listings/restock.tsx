import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { readStockKeys } from "#app/domain/listings/read-taken-keys.ts";
import { translator } from "#app/i18n/translate.ts";
import { managerKey } from "#app/offers/manager-key.ts";
import { RestockForm } from "#app/offers/restock-form.tsx";
import { takeRestock } from "#app/offers/take-restock.ts";
import { useTyped } from "#app/offers/use-typed.ts";
import { coopDesk } from "./open-listing.ts";

export const handle = {
  area: "coop",
  enhance: ["form-values", "kept-words", "keep-typed", "quantity-buttons"],
  keptForm: { id: "restock" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { scope, listing } = await coopDesk.open(args);
  if (listing.status === "withdrawn") throw redirect(coopDesk.path(listing.id, "over"), 303);
  return {
    title: translator(args.context.locale, "farmListing")("restock.title"),
    listing,
    clientKey: uuidv7(),
    takenKeys: await readStockKeys(args.context.db, scope, listing.id),
    typedBy: managerKey(scope),
    today: shanghaiDay(new Date()),
  };
}

export const action = (args: ActionFunctionArgs) => takeRestock(coopDesk, args);

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function RestockPage() {
  const { listing, takenKeys, typedBy, ...page } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();

  const button = useTranslations("farmListing.restock")("add");
  return (
    <RestockForm
      desk={coopDesk}
      {...page}
      listing={listing as unknown as OwnListing}
      refused={refused}
      typed={useTyped({ button, isRefused: refused !== undefined, takenKeys, of: typedBy })}
    />
  );
}
