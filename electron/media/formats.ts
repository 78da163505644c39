/** The file formats that come in, with the ending a copy gets. */
export const mediaFormats = {
  jpeg: { kind: 'image', mime: 'image/jpeg', ending: 'jpg', name: 'JPEG' },
  png: { kind: 'image', mime: 'image/png', ending: 'png', name: 'PNG' },
  webp: { kind: 'image', mime: 'image/webp', ending: 'webp', name: 'WebP' },
  tiff: { kind: 'image', mime: 'image/tiff', ending: 'tif', name: 'TIFF' },
  bmp: { kind: 'image', mime: 'image/bmp', ending: 'bmp', name: 'BMP' },
  avif: { kind: 'image', mime: 'image/avif', ending: 'avif', name: 'AVIF' },
  gif: { kind: 'image', mime: 'image/gif', ending: 'gif', name: 'GIF' },
  wav: { kind: 'audio', mime: 'audio/wav', ending: 'wav', name: 'WAV' },
  flac: { kind: 'audio', mime: 'audio/flac', ending: 'flac', name: 'FLAC' },
  mp3: { kind: 'audio', mime: 'audio/mpeg', ending: 'mp3', name: 'MP3' },
  vorbis: { kind: 'audio', mime: 'audio/ogg; codecs=vorbis', ending: 'ogg', name: 'Ogg Vorbis' },
  opus: { kind: 'audio', mime: 'audio/ogg; codecs=opus', ending: 'ogg', name: 'Ogg Opus' },
  'ogg-flac': { kind: 'audio', mime: 'audio/ogg; codecs=flac', ending: 'ogg', name: 'Ogg FLAC' },
  m4a: { kind: 'audio', mime: 'audio/mp4', ending: 'm4a', name: 'M4A' },
} as const satisfies Record<string, { kind: 'image' | 'audio'; mime: string; ending: string; name: string }>

export type MediaFormat = keyof typeof mediaFormats
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'bmp' | 'avif' | 'gif'
export const isImageFormat = (format: MediaFormat): format is ImageFormat => mediaFormats[format].kind === 'image'

/** Endings that people give each format, for telling a file whose name says something else than its bytes. */
export const usualEndings: Record<MediaFormat, readonly string[]> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'], png: ['png', 'apng'], webp: ['webp'], tiff: ['tif', 'tiff'], bmp: ['bmp', 'dib'], avif: ['avif'], gif: ['gif'],
  wav: ['wav', 'wave'], flac: ['flac'], mp3: ['mp3'], vorbis: ['ogg', 'oga'], opus: ['ogg', 'oga', 'opus'], 'ogg-flac': ['ogg', 'oga', 'flac'],
  m4a: ['m4a', 'm4b', 'mp4', 'aac'],
}

/** Whether `ending` (lower case, no dot) is usual for another of our formats than `format`. */
export function endingMisleads(ending: string, format: MediaFormat): boolean {
  if (usualEndings[format].includes(ending)) return false
  return Object.values(usualEndings).some((endings) => endings.includes(ending))
}

/** The format of a stored MIME type; undefined for one that we don't read. */
export const formatOfMime = (mime: string) => (Object.keys(mediaFormats) as MediaFormat[]).find((format) => mediaFormats[format].mime === mime)

/** Pixels above which a picture is not decoded whole: only its header is read, and it is shown shrunk. */
export const hugePixels = 100e6
/** Pixels above which a picture is refused. */
export const refusedPixels = 1000e6
/** Pixels above which a picture is not decoded when its coding needs all of it in memory (progressive, interlaced, AVIF, WebP, GIF). */
export const unstreamedPixels = 268e6
/** The longest side that a page shows as it is; Chromium's canvas ends at 16,384. */
export const showableSide = 16_000
/** A side shorter than this is hardly a picture. */
export const tinySide = 16
