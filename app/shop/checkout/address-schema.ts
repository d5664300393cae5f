import { z } from "zod";
import { LONGEST_GIFT_WORDS, LONGEST_NOTE, type Said } from "#app/domain/orders/said-rule.ts";
import { fenField } from "#app/forms/fen-field.ts";

/** A mainland mobile number, however it is grouped or typed: "+86 138-0000 0000", "１３８…". */
function plainPhone(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s()-]/g, "")
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, "");
}

/**
 * The changed prices that the button agreed to, as `acceptedValue` writes them. One that makes no
 * sense is agreed to nothing: the order is then refused and shows the price once more.
 */
const acceptedPrices = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((sent) =>
    [sent ?? []].flat().flatMap((text) => {
      const [, listingId, fen] = /^([0-9a-f-]{36}):(\d{1,9})$/.exec(text) ?? [];
      return listingId && z.uuid().safeParse(listingId).success
        ? [{ listingId, priceFen: Number(fen) }]
        : [];
    }),
  );

/** What a hidden field says of a price that pressing the button accepts, in fen. */
export const acceptedValue = (listingId: string, priceFen: number) => `${listingId}:${priceFen}`;

/** Who gets it and where. Whether city and county belong to the province is asked of the database. */
export const addressFields = {
  recipient: z.string().trim().min(1, "required").max(40, "tooLong"),
  phone: z
    .string()
    .transform(plainPhone)
    .pipe(
      z
        .string()
        .min(1, "required")
        .regex(/^1[3-9]\d{9}$/, "phone"),
    ),
  township: z.string().trim().max(40, "tooLong").default(""),
  street: z.string().trim().min(1, "required").max(120, "tooLong"),
};

/** Whoever writes words for a card means a gift, ticked or not. */
export const saidOf = (form: { note: string; isGift: string; giftWords: string }): Said => ({
  note: form.note,
  giftWords: form.isGift === "yes" || form.giftWords !== "" ? form.giftWords : null,
});

/** The checkout form. */
export const checkoutSchema = z.object({
  ...addressFields,
  note: z.string().trim().max(LONGEST_NOTE, "tooLong").default(""),
  isGift: z.string().default(""),
  giftWords: z.string().trim().max(LONGEST_GIFT_WORDS, "tooLong").default(""),
  orderKey: z.string().min(16).max(100),
  expectedTotalFen: fenField,
  confirm: z.string().optional(),
  buyerPhone: z.string().default(""),
  acceptedPrice: acceptedPrices,
});
