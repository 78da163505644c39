import type { Metadata } from '#shared/model/asset.ts'
import { isObject, type JsonObject, notFinite } from '../json.ts'
import { id, RowError, text, whole } from './fields.ts'

export interface CocoImage {
  fileName: string
  width: number | null
  height: number | null
  metadata: Metadata
}

/** An image row. Its licence is named, its other plain fields become columns of the item. Throws RowError. */
export function imageOf(row: JsonObject, licences: ReadonlyMap<string, JsonObject>): CocoImage {
  const fileName = text(row.file_name, 'file_name').replaceAll('\\', '/')
  if (fileName === '') throw new RowError('file_name', 'wrong-value', 'an image needs a file_name.')
  const metadata: Metadata = {}
  for (const [name, value] of Object.entries(row)) {
    if (['id', 'file_name', 'width', 'height', 'license', 'metadata'].includes(name)) continue
    keep(metadata, name, value)
  }
  if (isObject(row.metadata)) for (const [name, value] of Object.entries(row.metadata)) keep(metadata, name, value)
  const licence = row.license === undefined || row.license === null ? undefined : licences.get(String(row.license))
  if (licence !== undefined && !('license' in metadata)) {
    keep(metadata, 'license', licence.name)
    keep(metadata, 'license_url', licence.url)
  }
  return { fileName, width: sizeOf(row.width, 'width'), height: sizeOf(row.height, 'height'), metadata }
}

function sizeOf(value: unknown, field: string): number | null {
  if (value === undefined || value === null) return null
  const size = whole(value, field)
  return size === 0 ? null : size
}

function keep(metadata: Metadata, name: string, value: unknown): void {
  if (name === '' || name.length > 200 || value === notFinite || value === '') return
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) metadata[name] = value
}

export const licenceKey = (row: JsonObject) => id(row.id, 'id')
