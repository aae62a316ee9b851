import { parseObject } from './loose-json.ts'
import { customArguments } from './tool-names.ts'

/**
 * A tool call's arguments as the object that Gemini and Ollama want. Text that is no JSON object (a model may write
 * broken JSON) is kept under the name `arguments`; nothing is thrown.
 */
export function argumentsObject(text: string, custom = false): Record<string, unknown> {
  if (custom) return parseObject(customArguments(text)) ?? {}
  return text === '' ? {} : (parseObject(text) ?? { arguments: text })
}
