/** What people and machines type where it does not belong. */
/** An id that nothing has. */
export const NOWHERE = "018f0000-0000-7000-8000-000000000000";
export const LONG = "田".repeat(10_000);
export const TOO_LONG = "x".repeat(10_001);
export const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
export const SQL = "'; drop table listings; --";
export const EMOJI = "🍎👩‍🌾";
export const CONTROLS = "\u0000\u0007\u001b";

/** None of these is a whole number. */
export const notWhole = ["", "   ", "1.5", "1e99", "NaN", "一", EMOJI, SCRIPT, CONTROLS];
