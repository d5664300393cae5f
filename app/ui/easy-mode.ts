const A_YEAR = 365 * 24 * 60 * 60;
const EASY = /(?:^|;\s*)farm-mode=easy(?:;|$)/;

/** Whether this browser asked for the easy mode 大字版: larger type and fewer things on a page. */
export function isEasyMode(headers: Headers): boolean {
  return EASY.test(headers.get("cookie") ?? "");
}

/** The cookie by which a browser keeps the easy mode for a year, or goes back to the full pages. */
export function easyModeCookie(isEasy: boolean, publicUrl: string): string {
  const secure = publicUrl.startsWith("https://") ? "; Secure" : "";
  const kept = isEasy ? `easy; Path=/; Max-Age=${A_YEAR}` : "; Path=/; Max-Age=0";
  return `farm-mode=${kept}; HttpOnly; SameSite=Lax${secure}`;
}
