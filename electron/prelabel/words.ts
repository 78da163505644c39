import { messageOf } from '#shared/contract/errors.ts'
/** What the runtime says, by a part of it, in a person's words. */
const sentences: readonly (readonly [part: RegExp, sentence: string])[] = [
  [/protobuf parsing failed|no graph was found|ModelProto does not have a graph/iu, 'The file is not an ONNX model, or is damaged. Export or download it again.'],
  [/does not match expected size|raw_data size/iu, 'The file is damaged: it holds fewer or more weights than their shapes say. Export or download it again.'],
  [/external data|external initializer|model_path must not be empty|cannot open file|failed to load external/iu, 'The model keeps its weights in another file. Export it as one file (without external data).'],
  [/opset|is not a registered function|no op registered|unsupported model ir version|unknown model file format version|is under development/iu, 'The model uses operators that the runtime here (onnxruntime-web 1.30) does not know. Export it with an operator set of at most 21.'],
  [/could not find an implementation|not implemented/iu, 'The model uses an operator, or a type of number, that the runtime here cannot compute. Export it with 32-bit floating-point numbers.'],
  [/shape is too large/iu, 'The model makes a tensor that is larger than any memory here.'],
  [/invalid dimensions|invalid rank|got invalid|unexpected input data type|missing input|invalid feed/iu, 'What the manifest gives the model does not fit its inputs.'],
]

const memory = /bad_alloc|out of memory|memory allocation|Array buffer allocation|Invalid typed array length|Aborted\(|allocat|memory access out of bounds|maximum memory size/iu

/** Whether an error means that there was not enough memory. A bare number is what the runtime throws when its own memory is spent. */
export const isMemory = (error: unknown): boolean => typeof error === 'number' || error instanceof RangeError || memory.test(messageOf(error)) || (error instanceof Error && error.cause !== undefined && isMemory(error.cause))

/** An error of the runtime as a sentence, with its own words behind where they say more. */
export function sentenceOf(error: unknown): string {
  if (isMemory(error)) return 'The model needs more memory than there is here.'
  const message = messageOf(error)
  const known = sentences.find(([part]) => part.test(message))
  // Without the places in the runtime's own sources.
  const own = message.replaceAll(/\s+/gu, ' ').replace(/^.*ERROR_MESSAGE:\s*/iu, '').replace(/^.*\[ONNXRuntimeError\] : \d+ : \w+ : /u, '').trim().slice(0, 300)
  return known ? known[1] : `The model could not run: ${own}`
}

