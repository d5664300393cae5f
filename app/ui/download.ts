const CSV = "text/csv; charset=utf-8";

/** The proof of an entry of the ledger, a file to be kept and checked with. */
export const downloadProof = (proof: object, of: string | number) =>
  Response.json(proof, {
    headers: {
      "content-disposition": `attachment; filename="tianji-proof-${of}.json"`,
      "cache-control": "private, no-store",
    },
  });

/** A file to be kept by whoever asked for it, and by no cache: it tells of people and their money. */
export const download = (body: string | ReadableStream<Uint8Array>, name: string, type = CSV) =>
  new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
