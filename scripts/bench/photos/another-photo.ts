const START_OF_IMAGE = 2;

/**
 * The same picture as another photo: a comment behind its first marker tells it apart, and the
 * market, which knows a photo by the hash of its bytes, does all of its work again.
 */
export function anotherPhoto(photo: Buffer, number: number): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0]);
  comment.writeUInt32BE(number, 4);
  return Buffer.concat([
    photo.subarray(0, START_OF_IMAGE),
    comment,
    photo.subarray(START_OF_IMAGE),
  ]);
}
