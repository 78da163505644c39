import { useLayoutEffect, useState, type RefObject } from 'react'
import type { Size } from './sizes.ts'

/** The size of an element in CSS pixels, followed. */
export function useRoom(element: RefObject<HTMLElement | null>): Size {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const node = element.current
    if (!node) return undefined
    const measure = () => setRoom((was) => (was.width === node.clientWidth && was.height === node.clientHeight ? was : { width: node.clientWidth, height: node.clientHeight }))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(node)
    return () => observer.disconnect()
  }, [element])
  return room
}
