import { z } from "zod";

/** A search is posted, not asked for by address: a household's name must stand in no URL or log. */
export const postedSearch = z.object({
  search: z.string().trim().max(60, "tooLong"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
