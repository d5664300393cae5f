const CSV = "text/csv; charset=utf-8";

/** A file to be kept by whoever asked for it, and by no cache: it tells of people and their money. */
export const download = (body: string | ReadableStream<Uint8Array>, name: string, type = CSV) =>
  new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
