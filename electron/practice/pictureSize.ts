/**
 * Width and height in pixels of the upright picture, read from the header of a PNG or JPEG file without decoding it;
 * a JPEG with an EXIF orientation of 5 to 8 has its sides exchanged. Throws a RangeError or an Error for other bytes.
 */
export function pictureSize(bytes: Buffer): { width: number; height: number } {
  if (bytes.toString('latin1', 1, 4) === 'PNG') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  let turned = false
  // A JPEG is a row of segments: a marker of two bytes, then a length that counts itself (ITU-T T.81, B.1.1.4).
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    if (marker === 0xffe1 && bytes.toString('latin1', at + 4, at + 8) === 'Exif') turned = exifOrientation(bytes.subarray(at + 10)) >= 5
    if (marker >= 0xffc0 && marker <= 0xffc2) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)]
      return turned ? { width: height, height: width } : { width, height }
    }
  }
  throw new Error('neither a PNG nor a JPEG')
}

/** The value of tag 0x0112 in the first directory of a TIFF block, or 1. */
function exifOrientation(tiff: Buffer): number {
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let entry = directory + 2; entry < directory + 2 + 12 * short(directory); entry += 12) if (short(entry) === 0x0112) return short(entry + 8)
  return 1
}
