import { escapeXmlAttribute, escapeXmlText } from './xml.ts'

type Attribute = string | number | null | undefined
/** An element to be written; attributes that are null or undefined are left out. */
export interface Written { readonly name: string; readonly attributes: Readonly<Record<string, Attribute>>; readonly children: readonly (Written | string)[] }

export const tag = (name: string, attributes: Readonly<Record<string, Attribute>> = {}, children: readonly (Written | string)[] = []): Written => ({ name, attributes, children })

/** A document, an element a line; text stands in its element without white space around it. */
export function xmlDocument(root: Written): string {
  const lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>']
  write(root, '', lines)
  return `${lines.join('\n')}\n`
}

function write({ name, attributes, children }: Written, indent: string, lines: string[]): void {
  const pairs = Object.entries(attributes).flatMap(([key, value]) => (value === null || value === undefined ? [] : [` ${key}="${escapeXmlAttribute(String(value))}"`]))
  const open = `${indent}<${name}${pairs.join('')}`
  if (children.length === 0) lines.push(`${open}/>`)
  else if (children.every((child) => typeof child === 'string')) lines.push(`${open}>${children.map(escapeXmlText).join('')}</${name}>`)
  else {
    lines.push(`${open}>`)
    for (const child of children) if (typeof child !== 'string') write(child, `${indent}  `, lines)
    lines.push(`${indent}</${name}>`)
  }
}
