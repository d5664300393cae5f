// What is typed where an amount or a number of units belongs, and must never pass.

export const NO_NUMBER = ["", " ", "abc", "NaN", "Infinity", "0x10", "1,5", "1;drop", "٣"];
export const NO_YUAN = [
  ...["-1", "−0.01", "0", "0.00", "1.005", "1e30", "9007199254740992"],
  "9".repeat(40),
];
export const FOREIGN = ["$29.90", "29.90 USD", "€5", "HK$3", "₤1"];
