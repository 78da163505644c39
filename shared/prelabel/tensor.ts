/** A dense array in row-major order; `dims` multiply to the length of `data`. The names of the types are ONNX's. */
export type Tensor =
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'uint8' | 'bool'; readonly dims: readonly number[]; readonly data: Uint8Array }
  | { readonly type: 'int32'; readonly dims: readonly number[]; readonly data: Int32Array }
  | { readonly type: 'int64'; readonly dims: readonly number[]; readonly data: BigInt64Array }
export type Tensors = Readonly<Record<string, Tensor>>

/** An input or output of a graph. A dimension that is free is a name, or null. */
export interface Port { readonly name: string; readonly type: string; readonly dims: readonly (number | string | null)[] }

/** A loaded graph, wherever it runs. Throws in words when it fails; outputs may hold NaN. */
export interface Session {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  run(feeds: Tensors): Promise<Tensors>
}
/** The graphs of one model by their names in its manifest (`model`; `encoder` and `decoder`; `detector`, `recogniser`, …). */
export type Sessions = Readonly<Record<string, Session>>

/** The lists of one model by their names in its manifest (`characters`, `tokenizer`): the text of each file. */
export type Texts = Readonly<Record<string, string>>
