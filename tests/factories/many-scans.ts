const ZEROS = Buffer.alloc(100_000);
/** Of one code, a single 0: so that whole scans are nothing but zeros. */
const ONE_CODE = [1, ...Array(15).fill(0)];
const NO_DIFFERENCE = 0x00;
/** A run of 2^14 blocks without anything in them; behind its code stand 14 bits. */
const LONG_RUN = 0xe0;
const RUN_BLOCKS = 2 ** 14;
const HIGHEST_BIT = 13;

function segment(marker: number, bytes: number[]): Buffer {
  const length = bytes.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...bytes]);
}

/**
 * A grey JPEG of some kilobytes, correct in every bit, that comes in as many scans as are wanted (882
 * at most): a decoder goes over all of its blocks once more for each (ITU-T T.81, annex G).
 */
export function manyScans(width: number, height: number, scans: number): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const emptyBytes = Math.ceil((Math.ceil(blocks / RUN_BLOCKS) * 15) / 8);
  const parts = [
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array(64).fill(16)]),
    segment(0xc2, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...ONE_CODE, NO_DIFFERENCE]),
    segment(0xc4, [0x10, ...ONE_CODE, LONG_RUN]),
    segment(0xda, [1, 1, 0, 0, 0, 0]),
    ZEROS.subarray(0, Math.ceil(blocks / 8)),
  ];
  let left = scans - 1;
  for (let bit = HIGHEST_BIT; bit >= 0 && left > 0; bit--) {
    for (let place = 1; place < 64 && left > 0; place++, left--) {
      const before = bit === HIGHEST_BIT ? 0 : bit + 1;
      parts.push(segment(0xda, [1, 1, 0, place, place, (before << 4) | bit]));
      parts.push(ZEROS.subarray(0, emptyBytes));
    }
  }
  return Buffer.concat([...parts, Buffer.from([0xff, 0xd9])]);
}
