/** A part begins, brings bytes in pieces of any size, and ends. */
export type PartEvent =
  | { kind: "begin"; name: string; filename: string | null }
  | { kind: "bytes"; bytes: Uint8Array }
  | { kind: "end" };

const MAX_HEAD_BYTES = 16 * 1024;

/**
 * Splits a multipart/form-data body as it arrives and keeps nothing but the piece in hand: the
 * platform's own formData() holds the whole body in memory. Reads what browsers write (RFC 7578,
 * and the HTML standard's escapes in names). Throws when the body is not of that form or ends
 * before its closing boundary.
 */
export async function* splitMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<PartEvent> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  let rest = Buffer.from("\r\n"); // the first boundary may stand at the very beginning
  let at: "before" | "head" | "part" | "after" = "before";
  for await (const piece of body) {
    if (at === "after") continue;
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      if (at === "head") {
        if (rest.length >= 2 && rest.toString("latin1", 0, 2) === "--") {
          at = "after";
          break;
        }
        const end = rest.indexOf("\r\n\r\n");
        if ((end < 0 ? rest.length : end) > MAX_HEAD_BYTES)
          throw new Error("a part's head is long");
        if (end < 0) break;
        yield readHead(rest.toString("utf8", 0, end));
        rest = rest.subarray(end + 4);
        at = "part";
      }
      const found = rest.indexOf(delimiter);
      // What may be the beginning of a boundary waits for the next piece.
      const sure = found < 0 ? Math.max(0, rest.length - delimiter.length + 1) : found;
      if (at === "part" && sure > 0) yield { kind: "bytes", bytes: rest.subarray(0, sure) };
      rest = rest.subarray(found < 0 ? sure : found + delimiter.length);
      if (found < 0) break;
      if (at === "part") yield { kind: "end" };
      at = "head";
    }
  }
  if (at !== "after") throw new Error("the form was cut off");
}

const DISPOSITION = /^content-disposition:\s*form-data\s*;/i;

function readHead(head: string): PartEvent {
  const [padding, ...lines] = head.split("\r\n");
  const line = lines.find((each) => DISPOSITION.test(each)) ?? "";
  const name = /;\s*name="([^"]*)"/i.exec(line)?.[1];
  if (padding?.trim() !== "" || name === undefined) throw new Error("a part has no name");
  const filename = /;\s*filename="([^"]*)"/i.exec(line)?.[1];
  return {
    kind: "begin",
    name: unquote(name),
    filename: filename === undefined ? null : unquote(filename),
  };
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function unquote(text: string): string {
  return text.replaceAll("%22", '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n");
}
