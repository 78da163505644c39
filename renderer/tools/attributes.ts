import type { AttributeDefinition, AttributeValue, AttributeValues } from '#shared/model/attribute.ts'
import type { Label } from '#shared/model/label.ts'

/** The attributes of a new annotation with this label: the defaults of those that have one. */
export function defaultAttributes(label: Label | null): AttributeValues {
  const values: AttributeValues = {}
  for (const definition of label?.attributes ?? []) if (definition.default !== null) values[definition.id] = definition.default
  return values
}

/** What is left of some values under another label: those it asks for and allows, and its defaults for the rest. */
export function attributesUnder(label: Label | null, values: AttributeValues): AttributeValues {
  const kept = defaultAttributes(label)
  for (const definition of label?.attributes ?? []) {
    const value = values[definition.id]
    if (value !== undefined && allows(definition, value)) kept[definition.id] = value
  }
  return kept
}

/** Whether a value has the type, the range and the options that a definition asks for. */
export function allows(definition: AttributeDefinition, value: AttributeValue): boolean {
  switch (definition.type) {
    case 'text': return typeof value === 'string'
    case 'checkbox': return typeof value === 'boolean'
    case 'number': return typeof value === 'number' && value >= (definition.min ?? -Infinity) && value <= (definition.max ?? Infinity)
    case 'select': return typeof value === 'string' && definition.options.includes(value)
    case 'multi-select': return Array.isArray(value) && value.every((option) => definition.options.includes(option))
  }
}
