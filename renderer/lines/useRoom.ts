import { useLayoutEffect, useState, type RefCallback } from 'react'
import type { Size } from './sizes.ts'

/** An element and its size in CSS pixels, followed; give the element `ref`. The size is 0 × 0 until it is there. */
export function useRoom<Element extends HTMLElement>(): { readonly ref: RefCallback<Element>; readonly element: Element | null; readonly room: Size } {
  const [element, setElement] = useState<Element | null>(null)
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    if (!element) return undefined
    const measure = () => setRoom((was) => (was.width === element.clientWidth && was.height === element.clientHeight ? was : { width: element.clientWidth, height: element.clientHeight }))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return { ref: setElement, element, room }
}
