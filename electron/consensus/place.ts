/** Where a project lies. Every task names it: a worker serves one project, and opens it at its first task. */
export interface Place {
  /** The database. */
  readonly path: string
  /** Where the last run is kept from one opening to the next, and whether it may be written. */
  readonly cacheFile: string
  readonly keeps: boolean
}
