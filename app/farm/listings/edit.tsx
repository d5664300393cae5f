import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { EditForm } from "#app/offers/edit-form.tsx";
import { openEdit } from "#app/offers/open-edit.ts";
import { takeEdit } from "#app/offers/take-edit.ts";
import { farmDesk } from "./open-listing.ts";

export const handle = {
  area: "farm",
  enhance: [
    ...["form-values", "photo-shelf", "kept-words", "keep-typed"],
    ...["photo-shrink", "photo-rows", "photo-upload"],
    "photo-choice",
    ...["price-per-jin", "mended"],
  ],
  keptForm: { id: "listing" },
};

export const loader = (args: LoaderFunctionArgs) => openEdit(farmDesk, args);

export const action = (args: ActionFunctionArgs) => takeEdit(farmDesk, args);

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function EditPage() {
  const loaded = useLoaderData<typeof loader>();
  return <EditForm desk={farmDesk} {...loaded} refused={useActionData<typeof action>()} />;
}
