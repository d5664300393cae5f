import type { ActionFunctionArgs } from "@remix-run/node";

/** A thousand reports are half of it; the server's own limit is wider. */
const MOST_LETTERS = 256 * 1024;

const answer = (status: number, result: number, errmsg: string) =>
  Response.json({ result, errmsg }, { status });

/**
 * Answers a provider's callback as Tencent wants it: 200 and `{result: 0}` once it has been taken
 * in, anything else when it is wrong or is to be sent again. The key stands in the query, which
 * is written to no log of ours.
 */
export async function answerCallback<Said>(
  { request, context }: Pick<ActionFunctionArgs, "request" | "context">,
  read: (body: string) => Said | null,
  take: (said: Said) => Promise<unknown>,
): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405 });
  if (!context.smsCallbacks.knowsKey(request.url)) {
    context.log.warn("a callback about messages with a wrong key was refused");
    return answer(403, 1, "wrong key");
  }
  const body = await request.text();
  if (body.length > MOST_LETTERS) return answer(413, 2, "too large");
  const said = read(body);
  if (said === null) return answer(400, 2, "not understood");
  await take(said);
  return answer(200, 0, "OK");
}
