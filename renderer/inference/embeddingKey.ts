import type { Manifest } from '#shared/prelabel/manifest.ts'

/** Changes when pictures are made ready for the encoder in another way: what was stored before counts no more. */
const preparation = 1

/** Under what an embedding is kept: the picture's content, the encoder's content, and how pictures are made ready for it. */
export function embeddingKey(asset: string, { files }: Pick<Manifest, 'files'>): string {
  const encoder = files.find(({ name }) => name === 'encoder')
  return `${asset.replace(/^asset:/u, '')}-${encoder?.hash.slice(0, 16) ?? 'none'}-${preparation}`
}
