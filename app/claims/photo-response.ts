const HEADERS = { "X-Content-Type-Options": "nosniff" };

/** A claim's photo for whoever was found to have a right to it; kept by no cache but her own. */
export function claimPhotoResponse(bytes: Uint8Array | "away" | null): Response {
  if (bytes === "away") {
    return new Response(null, { status: 503, headers: { ...HEADERS, "Retry-After": "5" } });
  }
  if (!bytes) {
    return new Response(null, {
      status: 404,
      headers: { ...HEADERS, "Cache-Control": "no-store" },
    });
  }
  return new Response(Uint8Array.from(bytes), {
    headers: { ...HEADERS, "Content-Type": "image/jpeg", "Cache-Control": "private, max-age=600" },
  });
}
