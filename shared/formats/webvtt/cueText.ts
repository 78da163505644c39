const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', lrm: '\u200E', rlm: '\u200F', nbsp: '\u00A0', quot: '"', apos: "'" }

const unescape = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu, (all: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? all
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : all
  })

/** The words of a cue without its markup (WebVTT, 6.4 "cue text parsing rules"). */
export const plainText = (payload: string): string => unescape(payload.replace(/<[^>]*>?/gu, ''))

export const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The speaker, when the whole cue is one voice span: `<v Ada>…` or `<v.loud Ada>…</v>`. */
export function voiceOf(payload: string): string | null {
  const match = /^<v(?:\.[^\s>]*)?[ \t\n]+([^>]+)>/u.exec(payload)
  if (match === null || (payload.match(/<v[\s.]/gu) ?? []).length !== 1) return null
  const end = payload.indexOf('</v>')
  return end === -1 || end === payload.length - 4 ? unescape(match[1]!).trim().replace(/\s+/gu, ' ') || null : null
}

/** A cue of one voice; the name can hold neither `>` nor a line break. */
export const withVoice = (name: string, payload: string): string => `<v ${escapeText(name.replace(/\s+/gu, ' '))}>${payload}`
