// Pure: what a certificate must say to be entered.

/**
 * 绿色食品 (green food, NY/T 391), 有机产品 (organic, GB/T 19630), 农产品地理标志 (geographical
 * indication) and 承诺达标合格证 (the grower's pledge of compliance, which took the place of 无公害).
 */
export const certificateKinds = ["green", "organic", "origin", "pledge"] as const;
export type CertificateKind = (typeof certificateKinds)[number];

export type EnteredCertificate = { kind: CertificateKind; number: string; validUntil: string };
export type CertificateProblem = {
  field: "number" | "validUntil";
  problem: "certificateNumber" | "certificateLapsed" | "certificateFar";
};

const NUMBER = /^[0-9A-Z-]{4,40}$/;
/** A green food's is good for three years and an organic one's for one; none is for longer than this. */
const MOST_YEARS = 10;

/** A number as it is kept: "ｌｂ-01 2026" as "LB-012026". */
export const certificateNumber = (typed: string) =>
  typed.normalize("NFKC").replace(/\s/gu, "").toUpperCase();

/**
 * What is wrong with a certificate that is entered on `today` ("2026-11-23" in Shanghai); null when
 * nothing is. The number is kept as `certificateNumber` writes it. Fails with `certificateNumber` (not
 * 4 to 40 letters, digits and dashes), `certificateLapsed` and `certificateFar` (more than ten years).
 */
export function certificateProblem(
  { number, validUntil }: EnteredCertificate,
  today: string,
): CertificateProblem | null {
  if (!NUMBER.test(number)) return { field: "number", problem: "certificateNumber" };
  if (validUntil < today) return { field: "validUntil", problem: "certificateLapsed" };
  const farthest = `${Number(today.slice(0, 4)) + MOST_YEARS}${today.slice(4)}`;
  if (validUntil > farthest) return { field: "validUntil", problem: "certificateFar" };
  return null;
}
