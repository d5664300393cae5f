const CHINA = "+86";

/**
 * A phone number as a person types it, as E.164; null when it is none. Spaces, dashes, brackets
 * and fullwidth digits are welcome; without a country it is a mobile number of China.
 */
export function readPhone(text: string): string | null {
  if (text.length > 60) return null;
  const plain = text.normalize("NFKC").replace(/[\s\-‐-―−.()]/g, "");
  const international = plain.replace(/^00/, "+");
  const national = international.replace(/^\+?86(?=1\d{10}$)/, "");
  if (/^1\d{10}$/.test(national)) return CHINA + national;
  if (international.startsWith(CHINA)) return null;
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : null;
}

/** "+8613800138000" → "138 0013 8000"; other countries' numbers stay as they are. */
export function showPhone(phone: string): string {
  const parts = /^\+86(\d{3})(\d{4})(\d{4})$/.exec(phone);
  return parts ? parts.slice(1).join(" ") : phone;
}
