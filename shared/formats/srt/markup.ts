const tags = /<\/?(?:b|i|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}/giu

/** A subtitle's words without the tags that players take (`<i>`, `<font …>`, `{\an8}`). */
export const withoutTags = (payload: string): string => payload.replace(tags, '')
