/** What fields of attributes say. */
export const words = {
  required: 'needed', unknownAttribute: (name: string) => `${name} (not in the schema)`,
  rangeComplaint: (min: number | null, max: number | null) => `A number${min === null ? '' : ` from ${min}`}${max === null ? '' : ` to ${max}`}.`,
} as const
