import { useTranslations } from "use-intl";

/** What each field of an offer is called, in the order of its form. */
export function useOfferLabels(): Record<string, string> {
  const t = useTranslations("farm.new");
  const presale = useTranslations("farmListing.presale");
  return {
    ...{ photo: t("photo"), category: t("category"), title: t("name"), grade: t("grade") },
    ...{ unit: t("unit"), unitGrams: t("unitGrams"), price: t("price") },
    ...{
      quantity: t("quantity"),
      harvestedOn: t("harvest"),
      shipsFrom: presale("shipsFrom"),
      presaleLimit: presale("limit"),
      mostPerOrder: presale("mostPerOrder"),
      titleEn: t("english"),
    },
  };
}
