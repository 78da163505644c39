import type { AssetId } from '#shared/model/id.ts'

export type Match = { found: 'one'; asset: AssetId; /** The whole path agrees, not the end of it alone. */ whole: boolean } | { found: 'none' } | { found: 'several'; names: string[] }

type Named = { name: string; parts: string[]; asset: AssetId }

/** Finds the asset that a file means by a path, which seldom is the path under which the asset came in. */
export class MediaNames {
  readonly #byEnd = new Map<string, Named[]>()

  add(name: string, asset: AssetId): void {
    const named = { name, parts: partsOf(name), asset }
    const last = named.parts.at(-1)!
    // Under its name and under its name without the ending; one without an ending stands there once.
    for (const key of new Set([last, withoutEnding(last)])) {
      const others = this.#byEnd.get(key)
      if (others) others.push(named)
      else this.#byEnd.set(key, [named])
    }
  }

  /**
   * The asset whose name agrees with most of the path's end, folder by folder, case ignored; of equal ones that which
   * has the case too. `exact: false`: the path has no ending.
   */
  find(path: string, exact: boolean): Match {
    const wanted = partsOf(path)
    const last = wanted.at(-1) ?? ''
    const named = (this.#byEnd.get(last) ?? []).filter(({ parts }) => !exact || parts.at(-1) === last)
    if (named.length === 0) return { found: 'none' }
    const scored = named.map((each) => ({ ...each, score: agreeing(each.parts, wanted) }))
    const most = Math.max(...scored.map(({ score }) => score))
    const best = scored.filter(({ score }) => score === most)
    // "images/a.jpg" is meant rather than "old/images/a.jpg" where both end alike.
    const shortest = Math.min(...best.map(({ parts }) => parts.length))
    const whole = best.filter(({ parts }) => parts.length === shortest && most === wanted.length)
    return settle(whole.length > 0 ? whole : best, path, most === wanted.length || shortest === most)
  }
}

function settle(candidates: readonly Named[], path: string, whole: boolean): Match {
  const cased = candidates.filter(({ name }) => path.normalize('NFC').endsWith(name) || name.endsWith(path.normalize('NFC')))
  const chosen = cased.length > 0 ? cased : candidates
  const assets = new Set(chosen.map(({ asset }) => asset))
  if (assets.size > 1) return { found: 'several', names: chosen.map(({ name }) => name) }
  return { found: 'one', asset: chosen[0]!.asset, whole }
}

const partsOf = (path: string) =>
  path.normalize('NFC').replaceAll('\\', '/').toLowerCase().split('/').filter((part) => part !== '' && part !== '.')

const withoutEnding = (name: string) => name.replace(/(?<=.)\.[^.]*$/u, '')

/** How many parts agree from the end; the last is known to. */
function agreeing(a: readonly string[], b: readonly string[]): number {
  let count = 1
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++
  return count
}
