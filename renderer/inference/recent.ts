/** Values by key, the least recently used given up first when together they weigh more than `most` bytes; the newest always stays. */
export class Recent<Value> {
  readonly #held = new Map<string, { readonly value: Value; readonly bytes: number }>()
  readonly #most: number
  readonly #release: (value: Value, key: string) => void
  #bytes = 0

  constructor(most: number, release: (value: Value, key: string) => void = () => {}) {
    this.#most = most
    this.#release = release
  }

  get bytes(): number {
    return this.#bytes
  }

  get keys(): readonly string[] {
    return [...this.#held.keys()]
  }

  get(key: string): Value | undefined {
    const entry = this.#held.get(key)
    if (!entry) return undefined
    this.#held.delete(key)
    this.#held.set(key, entry)
    return entry.value
  }

  set(key: string, value: Value, bytes: number): void {
    this.delete(key)
    this.#held.set(key, { value, bytes })
    this.#bytes += bytes
    for (const oldest of this.keys) {
      if (this.#bytes <= this.#most || oldest === key) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const entry = this.#held.get(key)
    if (!entry) return
    this.#held.delete(key)
    this.#bytes -= entry.bytes
    this.#release(entry.value, key)
  }

  clear(): void {
    for (const key of this.keys) this.delete(key)
  }
}
