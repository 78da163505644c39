import { PbfReader } from 'pbf'
import { QuorumError } from '#shared/contract/errors.ts'

/** Wire types of protocol buffers. */
const varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5

/** Fields read of one file, messages in messages (a loop in a loop is six), and bytes of a text, at most: far above real models, so hostile ones end soon. */
const mostFields = 5_000_000, deepest = 64, longestText = 16 * 2 ** 20

/** A reader of protocol buffers that trusts no length: every value must end inside its message. Throws QuorumErrors in words. */
export class Scan {
  readonly #reader: PbfReader
  readonly #name: string
  #left = mostFields
  #depth = 0
  #type = 0
  #end: number

  constructor(data: Uint8Array, name: string) {
    this.#reader = new PbfReader(data)
    this.#name = name
    this.#end = data.length
  }

  broken(what: string): QuorumError {
    return new QuorumError('invalid-input', `${this.#name} is not an ONNX file, or it is damaged: ${what}. Export or copy it again.`)
  }

  /** Visits the fields of the message in hand (the whole file first). What a visit leaves unread is skipped. */
  fields(visit: (field: number) => void): void {
    const reader = this.#reader, end = this.#end
    for (;;) {
      const field = reader.nextField(end)
      if (reader.pos > end) throw this.broken(`it is cut off at ${Math.min(reader.pos, reader.length)} bytes`)
      if (field === 0 && reader.pos === end) return
      if (field === 0) throw this.broken(`there is no field at byte ${reader.pos}`)
      this.#type = reader.type
      if (![varint, fixed64, bytes, fixed32].includes(this.#type)) throw this.broken(`an unknown kind of field at byte ${reader.pos}`)
      if (--this.#left < 0) throw new QuorumError('unsupported', `${this.#name} has more than ${mostFields} fields, more than any model that can be run here.`)
      visit(field)
    }
  }

  /** Visits the fields of the message that the field in hand holds. */
  message(visit: (field: number) => void): void {
    const outer = this.#end
    this.#end = this.#stretch(outer)
    if (++this.#depth > deepest) throw new QuorumError('unsupported', `${this.#name} has graphs nested too deeply (more than ${deepest} levels).`)
    const end = this.#end
    this.fields(visit)
    this.#depth--
    this.#end = outer
    if (this.#reader.pos !== end) throw this.broken(`a message ends at byte ${this.#reader.pos} where it should at ${end}`)
  }

  number(): number {
    if (this.#type !== varint) throw this.broken(`text where a number should stand at byte ${this.#reader.pos}`)
    return this.#reader.readVarint(true)
  }

  /** Numbers one by one or packed; at most `most`. */
  numbers(into: number[], most: number): void {
    if (this.#type === varint) into.push(this.#reader.readVarint(true))
    else {
      const end = this.#stretch(this.#end)
      while (this.#reader.pos < end && into.length <= most) into.push(this.#reader.readVarint(true))
      if (into.length <= most && this.#reader.pos !== end) throw this.broken(`a list of numbers is cut off at byte ${end}`)
      this.#reader.pos = end
    }
    if (into.length > most) throw this.broken(`a shape of more than ${most} dimensions`)
  }

  text(): string {
    const from = this.#reader.pos, end = this.#stretch(this.#end)
    if (end - from > longestText) throw this.broken(`a text of ${end - from} bytes`)
    this.#reader.pos = from
    return this.#reader.readString()
  }

  /** The end of the bytes that the field in hand holds. */
  #stretch(outer: number): number {
    if (this.#type !== bytes) throw this.broken(`a number where text should stand at byte ${this.#reader.pos}`)
    const end = this.#reader.readVarint() + this.#reader.pos
    if (!(end <= outer)) throw this.broken(`a part says that it ends at byte ${end}, beyond the ${outer} there are`)
    return end
  }
}
