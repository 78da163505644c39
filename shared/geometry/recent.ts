/** What was worked out from an object, for as long as the object lives, but of a limited number: a project has more shapes than memory has room for what can be worked out from them. */
export function recently<Key extends object, Value>(make: (key: Key) => Value, most = 4000): (key: Key) => Value {
  let known = new WeakMap<Key, Value>()
  let count = 0
  return (key) => {
    const there = known.get(key)
    if (there !== undefined) return there
    if (++count > most) {
      known = new WeakMap()
      count = 1
    }
    const made = make(key)
    known.set(key, made)
    return made
  }
}
