import { type Ref, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import './canvas.css'
import { Controller } from './controller.ts'
import type { Adjust } from './picture.ts'
import { noAdjust } from './picture.ts'
import type { CanvasHandle, CanvasProps } from './props.ts'
import { canvasName } from './words.ts'

/**
 * One item's picture with its shapes. Controlled from outside; its view (scale and offset) is its own and stands in
 * `data-scale`, `data-offset-x`, `data-offset-y` without a render of React.
 */
export function Canvas({ ref, ...props }: CanvasProps & { readonly ref?: Ref<CanvasHandle> }) {
  const element = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLCanvasElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const controller = useRef<Controller>(null)
  const filter = useId()
  const adjust = props.adjust ?? noAdjust

  useLayoutEffect(() => {
    if (controller.current) controller.current.update(props)
    else controller.current = new Controller(element.current!, picture.current!, stage.current!, props)
  })
  useLayoutEffect(() => () => {
    controller.current?.destroy()
    controller.current = null
  }, [controller])
  useImperativeHandle(ref, () => controller.current!.handle, [])

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the role takes the keyboard itself
    <div ref={element} className="canvas" role="application" aria-label={props.name ?? canvasName} tabIndex={0}>
      <AdjustFilter id={filter} gamma={adjust.gamma} />
      <canvas ref={picture} className="canvas-picture" style={{ filter: filterOf(adjust, filter) }} />
      <div ref={stage} className="canvas-stage" />
    </div>
  )
}

/** CSS knows brightness and contrast; gamma takes an SVG filter. None at all when nothing is adjusted: a filter costs a pass a frame. */
function filterOf({ brightness, contrast, gamma }: Adjust, id: string): string {
  const steps = [brightness !== 1 && `brightness(${brightness})`, contrast !== 1 && `contrast(${contrast})`, gamma !== 1 && `url("#${id}")`].filter(Boolean)
  return steps.length > 0 ? steps.join(' ') : 'none'
}

function AdjustFilter({ id, gamma }: { readonly id: string; readonly gamma: number }) {
  const curve = { type: 'gamma', amplitude: 1, exponent: 1 / gamma, offset: 0 } as const
  return (
    <svg width="0" height="0" aria-hidden="true">
      <filter id={id} colorInterpolationFilters="sRGB">
        <feComponentTransfer>
          <feFuncR {...curve} />
          <feFuncG {...curve} />
          <feFuncB {...curve} />
        </feComponentTransfer>
      </filter>
    </svg>
  )
}
