import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { openRestock } from "#app/offers/open-restock.ts";
import { RestockForm } from "#app/offers/restock-form.tsx";
import { takeRestock } from "#app/offers/take-restock.ts";
import { farmDesk } from "./open-listing.ts";

export const handle = {
  area: "farm",
  enhance: ["form-values", "kept-words", "keep-typed", "quantity-buttons", "mended"],
  keptForm: { id: "restock" },
};

export const loader = (args: LoaderFunctionArgs) => openRestock(farmDesk, args);

export const action = (args: ActionFunctionArgs) => takeRestock(farmDesk, args);

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function RestockPage() {
  const loaded = useLoaderData<typeof loader>();
  return <RestockForm desk={farmDesk} {...loaded} refused={useActionData<typeof action>()} />;
}
