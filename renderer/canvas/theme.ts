/** The tokens that the canvas draws with, as the page has them now. */
export interface Theme {
  readonly accent: string
  readonly onAccent: string
  readonly font: string
  readonly surface: string
  readonly text: string
}

/** Reads the tokens at an element; what a page without tokens lacks gets a plain value. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element)
  const token = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
  return {
    accent: token('--accent', '#4c8dff'),
    onAccent: token('--on-accent', '#ffffff'),
    font: token('--font', 'system-ui, sans-serif'),
    surface: token('--surface-floating', '#26262b'),
    text: token('--text', '#ededf1'),
  }
}

/** Calls `changed` when the page's theme may have changed. Returns what ends it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    dark.removeEventListener('change', changed)
  }
}
