export interface GraphPort { readonly name: string; readonly dims: readonly number[] }
export interface Conversion {
  readonly name: string
  readonly model: { readonly modelTopology: { readonly node: readonly object[] }; readonly weightsManifest: readonly object[] }
  readonly data: Uint8Array
  readonly input: GraphPort
  readonly outputs: Readonly<Record<string, GraphPort>>
}
export function tfjsToOnnx(conversion: Conversion): Uint8Array
