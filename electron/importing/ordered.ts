/**
 * Runs `work` on up to `ahead` items at once and gives the results in the order of the items, so that what depends on
 * the order (which of two equal files is the first) is the same every time.
 */
export async function* ordered<Item, Result>(items: AsyncIterable<Item> | Iterable<Item>, ahead: number, work: (item: Item) => Promise<Result>): AsyncGenerator<Result> {
  const running: Promise<Result>[] = []
  for await (const item of items) {
    const result = work(item)
    // It is awaited later; until then a failure must not count as unhandled.
    result.catch(() => undefined)
    running.push(result)
    if (running.length >= ahead) yield await running.shift()!
  }
  for (const result of running) yield await result
}
