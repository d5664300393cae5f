import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { readAddress } from "#app/domain/addresses/address-book.ts";
import { chooseRegion } from "#app/domain/regions/choose-region.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { valuesOf } from "./address-values.ts";
import { EditForm } from "./edit-form.tsx";
import { keepTyped, requireBuyer } from "./keep.ts";

export const handle = {
  area: "account",
  enhance: ["region-select"],
  keptForm: { id: "address", enter: { name: "step", value: "enter" } },
};

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await requireBuyer(request, context);
  const address = await readAddress(context.db, buyer, params.id ?? "");
  if (!address) throw new Response("Not Found", { status: 404 });
  const chain = valuesOf(address);
  const values: FormValues = { ...chain, isDefault: address.isDefault ? "yes" : "" };
  return {
    id: address.id,
    title: translator(context.locale, "addresses")("editTitle"),
    values,
    choice: await chooseRegion(context.db, chain),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, params, context } = args;
  const buyer = await requireBuyer(request, context);
  // Another's, or one that is gone: whatever the form says, there is none.
  const address = await readAddress(context.db, buyer, params.id ?? "");
  if (!address) throw new Response("Not Found", { status: 404 });
  return keepTyped(args, address.id);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function EditAddress() {
  const { id, values, choice } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const typed = answered ?? { values, errors: {}, choice };
  return <EditForm title="editTitle" to={`/account/addresses/${id}/edit`} {...typed} />;
}
