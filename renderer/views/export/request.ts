import type { ExportRequest } from '#shared/contract/exporting.ts'

export interface Part { readonly name: string; readonly percent: number }

/** What the form holds; a split that is not wanted is kept for when it is. */
export interface Choices {
  readonly format: string
  readonly layer: string | null
  readonly includeDrafts: boolean
  readonly split: boolean
  readonly parts: readonly Part[]
  readonly seed: number
  readonly groupBy: string
  readonly stratify: boolean
}

export const firstChoices = (format: string): Choices => ({
  format, layer: null, includeDrafts: false, split: false, parts: [{ name: 'train', percent: 80 }, { name: 'val', percent: 10 }, { name: 'test', percent: 10 }], seed: 1, groupBy: '', stratify: true,
})

/** Whether part `index` has a name that can be a folder and that no earlier part has. */
export const partIsNamed = (parts: readonly Part[], index: number): boolean => {
  const name = parts[index]?.name ?? ''
  return /^[\p{L}\p{N}_-]+$/u.test(name) && parts.findIndex((part) => part.name === name) === index
}

/** The request for the host, or null while a part's name is wrong. */
export function requestOf(choices: Choices): ExportRequest | null {
  const { format, layer, includeDrafts } = choices
  if (!choices.split) return { format, layer, includeDrafts, split: null }
  if (choices.parts.length === 0 || !choices.parts.every((_, index) => partIsNamed(choices.parts, index))) return null
  const shares = Object.fromEntries(choices.parts.map(({ name, percent }) => [name, percent / 100]))
  const groupBy = choices.groupBy.trim() === '' ? null : choices.groupBy.trim()
  return { format, layer, includeDrafts, split: { shares, seed: choices.seed, groupBy, stratify: choices.stratify } }
}
