import type { Message, Part, ToolResultPart } from '../../core/request.ts'
import { type Lost, opaqueName } from '../lost.ts'
import { plainText } from '../media.ts'
import type { Json } from '../members.ts'
import { argumentsObject } from '../tool-arguments.ts'
import { flatName } from '../tool-names.ts'

/** Messages for `/api/chat`: one text, and images beside it. What has no place there is named in `lost`. */
export function writeMessages(messages: readonly Message[], lost: Lost): Json[] {
  const names = new Map<string, string>()
  return messages.flatMap((message) => {
    if (message.name !== undefined) lost.add('name')
    for (const part of message.parts)
      if (part.type === 'tool-call') names.set(part.id, flatName(part.name, part.namespace))
    const results = message.parts.filter((part) => part.type === 'tool-result')
    const others = message.parts.filter((part) => part.type !== 'tool-result')
    const written = results.map((part) => writeResult(part, names.get(part.id) ?? part.name, lost))
    return results.length > 0 && others.length === 0 ? written : [...written, writeMessage(message.role, others, lost)]
  })
}

function writeMessage(role: Message['role'], parts: readonly Part[], lost: Lost): Json {
  const thinking = parts.flatMap((part) => (part.type === 'reasoning' ? [part.text] : [])).join('')
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  return {
    role,
    ...writeContent(parts, lost),
    ...(thinking === '' ? {} : { thinking }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ id, name, namespace, custom, arguments: text }) => ({
            ...(id === '' ? {} : { id }),
            function: { name: flatName(name, namespace), arguments: argumentsObject(text, custom) },
          })),
        }),
  }
}

/** Older versions know the tool's name alone, newer ones also which of its calls is meant. */
function writeResult(part: ToolResultPart, name: string | undefined, lost: Lost): Json {
  if (part.isError) lost.add('is_error')
  return {
    role: 'tool',
    ...writeContent(part.parts, lost),
    ...(name === undefined ? {} : { tool_name: name }),
    ...(part.id === '' ? {} : { tool_call_id: part.id }),
  }
}

function writeContent(parts: readonly Part[], lost: Lost): { content: string; images?: string[] } {
  let content = ''
  const images: string[] = []
  for (const part of parts) {
    if (part.type === 'text') {
      content += part.text
      if (part.citations?.length) lost.add('citations')
    } else if (part.type === 'refusal') content += part.text
    else if (part.type === 'opaque') lost.add(opaqueName(part.value))
    else if (part.type === 'media') {
      const text = plainText(part)
      if (text !== null) content += content === '' ? text : `\n\n${text}`
      else if (part.media === 'image' && part.data !== undefined) images.push(part.data)
      else lost.add(part.media === 'image' ? 'image_url' : part.media)
    }
  }
  return { content, ...(images.length === 0 ? {} : { images }) }
}
