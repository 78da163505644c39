import { useState } from 'react'

/** One of a few ways to look, kept on this machine under `key`. */
export function useRemembered<Value extends string>(key: string, values: readonly [Value, ...Value[]]): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    const kept = localStorage.getItem(key)
    return values.find((one) => one === kept) ?? values[0]
  })
  const put = (next: Value) => {
    setValue(next)
    localStorage.setItem(key, next)
  }
  return [value, put]
}
