/**
 * The widths of bars and spaces of Code 128 (ISO/IEC 15417), by value; in code C a value below 100 is
 * two digits. The last three that are used: 105 begins in code C, 106 ends.
 */
const WIDTHS =
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112".split(
    " ",
  );
const START_C = 105;
const STOP = 106;
const CHECK_MODULUS = 103;

/** The values of an even number of digits in code C, from the start to the stop. */
export function code128Values(digits: string): number[] {
  const pairs = digits.match(/\d\d/g) ?? [];
  const check = pairs.reduce((sum, pair, index) => sum + Number(pair) * (index + 1), START_C);
  return [START_C, ...pairs.map(Number), check % CHECK_MODULUS, STOP];
}

/** The bars of a number as [from, width] in modules, and how wide all of it is, without the white around it. */
export function code128Bars(digits: string): { bars: [number, number][]; width: number } {
  const bars: [number, number][] = [];
  let width = 0;
  for (const value of code128Values(digits)) {
    [...(WIDTHS[value] ?? "")].forEach((digit, index) => {
      if (index % 2 === 0) bars.push([width, Number(digit)]);
      width += Number(digit);
    });
  }
  return { bars, width };
}
