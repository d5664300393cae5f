/**
 * Whether a browser has what bears this ETag, by its If-None-Match. Compared weakly (RFC 9110,
 * 13.1.2): a proxy may have weakened ours.
 */
export function isKnownTag(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((each) => each.trim().replace(/^W\//, "") === etag);
}
