import { z } from "zod";

/** Fen that a page wrote into a hidden field: plain digits, as many as any amount of ours has. */
export const fenField = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
