/** A key whose plain order is the order people expect of names: `img2` before `img10`, whatever the case. */
export function naturalKey(name: string): string {
  return name.toLowerCase().replaceAll(/\d+/gu, (digits) => digits.padStart(12, '0'))
}
