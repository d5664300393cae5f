import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { chooseRegion } from "#app/domain/regions/choose-region.ts";
import { translator } from "#app/i18n/translate.ts";
import { EditForm } from "./edit-form.tsx";
import { keepTyped, requireBuyer } from "./keep.ts";

export const handle = {
  area: "account",
  enhance: ["region-select"],
  keptForm: { id: "address", enter: { name: "step", value: "enter" } },
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireBuyer(request, context);
  const title = translator(context.locale, "addresses")("newTitle");
  return { title, choice: await chooseRegion(context.db, {}) };
}

export const action = (args: ActionFunctionArgs) => keepTyped(args, null);

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function NewAddress() {
  const { choice } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const typed = answered ?? { values: {}, errors: {}, choice };
  return <EditForm title="newTitle" to="/account/addresses/new" {...typed} />;
}
