/** The executable of a Chromium; gets one where there is none. Throws with a sentence when it can't. */
export function chromiumBinary(): string
