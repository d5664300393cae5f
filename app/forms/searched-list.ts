import { data } from "@remix-run/server-runtime";
import { z } from "zod";
import { pageOf } from "./page-of.ts";
import { type FieldErrors, readForm } from "./read-form.ts";

const PER_PAGE = 25;

/** A search is posted, not asked for by address: a household's name must stand in no URL or log. */
const postedSearch = z.object({
  search: z.string().trim().max(60, "tooLong"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

type Asked = z.output<typeof postedSearch>;
type Found<Row> = { rows: Row[]; total: number };
type Find<Row> = (asked: Asked & { perPage: number }) => Promise<Found<Row>>;

async function readPage<Row>(find: Find<Row>, asked: Asked) {
  const { rows, total } = await find({ ...asked, perPage: PER_PAGE });
  return { ...asked, rows, total, pages: Math.max(1, Math.ceil(total / PER_PAGE)) };
}

/** The page of the whole list that the address asks for. */
export const readWholeList = <Row>(request: Request, find: Find<Row>) =>
  readPage(find, { search: "", page: pageOf(request) });

/** A page of what a posted search finds; one that is too long comes back as it was typed (422). */
export async function takeSearch<Row>(request: Request, find: Find<Row>) {
  const form = await readForm(request, postedSearch);
  if (!form.ok) {
    const { errors, values } = form;
    return data({ list: null, errors, search: values.search ?? "" }, { status: 422 });
  }
  const errors: FieldErrors = {};
  const list = await readPage(find, form.value);
  return data({ list, errors, search: list.search });
}
