/** What commands ask of a stage, whichever is shown. */
export interface StageHandle {
  /** Shows the whole item. */
  readonly fit: () => void
  /** Shows the dispute. */
  readonly closer: () => void
  readonly zoomBy: (factor: number) => void
  /** Whether a gesture or a drawing is under way. */
  readonly busy: () => boolean
}
