import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  redirect,
} from "@remix-run/server-runtime";
import { z } from "zod";
import { buyerOf, requireUser } from "#app/account/guards.ts";
import { keepAddress } from "#app/domain/addresses/address-book.ts";
import { chooseRegion, type RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { addressFields } from "../checkout/address-schema.ts";
import { withPasted } from "./address-values.ts";
import { regionErrors } from "./region-errors.ts";

const schema = z.object({ ...addressFields, isDefault: z.string().optional() });

/** A signed-in buyer; whoever is not is led to sign in. */
export async function requireBuyer(request: Request, context: AppLoadContext): Promise<BuyerScope> {
  await requireUser(request, context);
  return buyerOf(request, context);
}

export type Answered = {
  values: FormValues;
  choice: RegionChoice;
  errors: FieldErrors;
  isFull: boolean;
};

/**
 * What the form of an address answers: the next list, a pasted address in its fields, what is wrong,
 * or the book with it. `id` is that of the address to change, null of a new one.
 */
export async function keepTyped({ request, context }: ActionFunctionArgs, id: string | null) {
  const buyer = await requireBuyer(request, context);
  const form = await readForm(request, schema);
  const values = form.values.paste ? await withPasted(context, form.values) : form.values;
  const isOtherLanguage = switchLocale(context, values.locale);
  const choice = await chooseRegion(context.db, values);
  const answer = (status: number, errors: FieldErrors = {}, isFull = false) =>
    data<Answered>({ values, choice, errors, isFull }, { status });
  if (isOtherLanguage || values.step || values.paste) return answer(200);
  const errors = { ...(form.ok ? {} : form.errors), ...regionErrors(values, choice) };
  const { regionCode } = choice;
  if (!form.ok || regionCode === null || errors.township) return answer(422, errors);
  const { isDefault, ...typed } = form.value;
  const kept = await keepAddress(context.db, buyer, {
    id,
    address: { ...typed, regionCode },
    isDefault: isDefault === "yes",
  });
  if (kept.ok) return redirect("/account/addresses?done=kept", 303);
  if (kept.reason === "book-full") return answer(409, {}, true);
  throw new Response("Not Found", { status: 404 });
}
