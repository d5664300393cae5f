/** The page of a list that the address asks for (`?page=`); what is no page is the first. */
export function pageOf(request: Request): number {
  const page = new URL(request.url).searchParams.get("page") ?? "";
  return /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1;
}
