import type { Author } from '#shared/model/author.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import { controlSeed, isControl } from '#shared/prelabel/control.ts'
import { guessOf } from '#shared/prelabel/next/guess.ts'
import { vectorOfHash } from '#shared/prelabel/next/look.ts'
import type { Candidate, Guess } from '#shared/prelabel/next/signals.ts'
import { readVectors, vectorsStamp } from '#electron/storage/vectorFile.ts'
import { changedItems, positionOf, readDrafts, schemaOf, type DraftRows } from '#electron/storage/workQueries.ts'
import type { Mirror } from './mirror.ts'

/** What models said about items and what items look like, as far as it tells what to label next; kept up with the log. */
export interface Signals {
  sync(): void
  /** What is known of an item to this person: drafts that they have decided about, and all of an item that they label unaided, are left out. */
  candidate(asset: AssetId, me: Author): Candidate
  /** The same object until a vector is another. */
  readonly vectors: ReadonlyMap<AssetId, Float32Array>
  /** How often each label was given, in work that counts. */
  readonly counts: ReadonlyMap<LabelId | null, number>
  nameOf(label: LabelId): string | null
}

interface Said { readonly ids: readonly AnnotationId[]; readonly guesses: readonly Guess[]; readonly decided: DraftRows['decided'] }
const nothing: readonly Guess[] = []
const nobody: ReadonlySet<AssetId> = new Set()

/** `cache`: the project's folder for what can be computed again. */
export function signalsOf(mirror: Mirror, cache: string): Signals {
  let revision = -1
  let said = new Map<AssetId, Said>()
  let counts = new Map<LabelId | null, number>()
  let names = new Map<LabelId, string>()
  const looks = looksOf(mirror, cache)

  const read = () => {
    const now = positionOf(mirror.db).revision
    const changed = now === revision ? nobody : revision < 0 ? null : changedItems(mirror.db, revision)
    looks.sync(changed)
    if (now === revision) return
    const rows = readDrafts(mirror.db, changed && [...changed])
    if (changed === null) said = new Map()
    for (const asset of changed ?? []) said.delete(asset)
    for (const [asset, { drafts, decided }] of rows) said.set(asset, { ids: drafts.map(({ id }) => id), guesses: drafts.map(guessOf), decided })
    counts = countsOf(mirror)
    names = new Map(schemaOf(mirror.db).labels.map(({ id, name }) => [id, name]))
    revision = now
  }
  const openTo = (asset: AssetId, me: Author): readonly Guess[] => {
    const all = said.get(asset)
    const { id, assistance } = mirror.project
    if (!all || isControl(controlSeed(id, me), asset, assistance?.control ?? 0)) return nothing
    const mine = new Set(all.decided.filter(({ author }) => author === me).map(({ draft }) => draft))
    return mine.size === 0 ? all.guesses : all.guesses.filter((_, at) => !mine.has(all.ids[at]!))
  }
  return {
    sync: () => mirror.db.transaction(read)(),
    candidate: (asset, me) => ({ asset, guesses: openTo(asset, me), vector: looks.vectors.get(asset) ?? null }),
    get vectors() { return looks.vectors },
    get counts() { return counts },
    nameOf: (label) => names.get(label) ?? null,
  }
}

function countsOf({ items }: Mirror): Map<LabelId | null, number> {
  const counts = new Map<LabelId | null, number>()
  for (const { annotations } of items.values()) for (const { label } of annotations) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

const lookKey = (asset: Asset) => `${asset.hash} ${asset.kind === 'image' ? asset.perceptualHash : ''}`

/** An embedding counts when it knows at least this share of the items; else every picture has its perceptual hash. */
const enough = 0.5

function looksOf(mirror: Mirror, cache: string) {
  // By the hash, because an item that changes is another object each time.
  const hashes = new Map<string, Float32Array | null>()
  let stamp: string | null = null
  let embeddings: ReadonlyMap<string, Float32Array>[] = []
  let vectors: ReadonlyMap<AssetId, Float32Array> = new Map()

  /** What each item's look hung on when it was read. */
  let seen = new Map<AssetId, string>()
  const isKnown = (id: AssetId) => {
    const asset = mirror.items.get(id)?.asset
    return asset !== undefined && seen.get(id) === lookKey(asset)
  }

  const hashOf = (asset: Asset) => {
    if (asset.kind !== 'image' || asset.perceptualHash === null) return null
    const known = hashes.get(asset.perceptualHash) ?? vectorOfHash(asset.perceptualHash)
    hashes.set(asset.perceptualHash, known)
    return known
  }
  const all = () => {
    const assets = [...mirror.items.values()].map(({ asset }) => asset)
    const by = (look: (asset: Asset) => Float32Array | null | undefined) => new Map(assets.flatMap((asset) => {
      const vector = look(asset)
      return vector ? [[asset.id, vector] as const] : []
    }))
    const known = embeddings.map((rows) => by(({ hash }) => rows.get(hash))).reduce<Map<AssetId, Float32Array> | null>((most, next) => (next.size > (most?.size ?? 0) ? next : most), null)
    return known && known.size >= assets.length * enough ? known : by(hashOf)
  }
  const same = (a: typeof vectors, b: typeof vectors) => a.size === b.size && [...a].every(([id, vector]) => b.get(id) === vector)
  return {
    get vectors() { return vectors },
    /** `changed`: items that may be others than the last time; null: all. */
    sync(changed: ReadonlySet<AssetId> | null) {
      const now = vectorsStamp(cache)
      if (now === stamp && changed !== null && [...changed].every(isKnown)) return
      if (now !== stamp) embeddings = readVectors(cache)
      stamp = now
      const next = all()
      if (!same(next, vectors)) vectors = next
      seen = new Map([...mirror.items.values()].map(({ asset }) => [asset.id, lookKey(asset)]))
    },
  }
}
