/** The tokens that sounds are drawn with, as the page has them now. */
export interface SoundTheme {
  readonly scheme: 'dark' | 'light'
  readonly accent: string
  readonly accentSoft: string
  readonly surface: string
  readonly sunken: string
  readonly line: string
  readonly text: string
  readonly muted: string
  readonly font: string
}

export function readSoundTheme(element: Element): SoundTheme {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    scheme: style.colorScheme.includes('dark') ? 'dark' : 'light', accent: token('--accent'), accentSoft: token('--accent-soft'), surface: token('--surface'), sunken: token('--surface-sunken'),
    line: token('--line'), text: token('--text'), muted: token('--text-muted'), font: token('--font') || 'sans-serif',
  }
}
