/**
 * Every address that is no page. It is a route like any other, so that the answer comes in the
 * reader's language: without a match the framework would not even ask which that is.
 */
export function loader(): never {
  return notFound();
}

export function action(): never {
  return notFound();
}

function notFound(): never {
  throw new Response("Not Found", { status: 404 });
}

/** Never seen: its loader always throws. With it the answer is a page and no bare text. */
export default function NotFound() {
  return null;
}
