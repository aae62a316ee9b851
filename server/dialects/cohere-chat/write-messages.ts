import type { MediaPart, Message, Part, ToolResultPart } from '../../core/request.ts'
import { type Lost, opaqueName } from '../lost.ts'
import { dataUrl, plainText } from '../media.ts'
import type { Json } from '../members.ts'
import { customArguments, flatName } from '../tool-names.ts'

/** Messages for Cohere's chat, one for each result of a tool. What has no place there is named in `lost`. */
export function writeMessages(messages: readonly Message[], lost: Lost): Json[] {
  return messages.flatMap((message) => {
    if (message.name !== undefined) lost.add('name')
    if (message.role === 'assistant') return [writeAssistant(message.parts, lost)]
    const results = message.parts.filter((part) => part.type === 'tool-result').map((part) => writeResult(part, lost))
    const others = message.parts.filter((part) => part.type !== 'tool-result')
    if (others.length === 0 && results.length > 0) return results
    const role = message.role === 'tool' ? 'user' : message.role
    return [...results, { role, content: writeContent(others, role === 'user', lost) }]
  })
}

/** What a model thought before it called tools is its plan; other thoughts of earlier turns are not taken back. */
function writeAssistant(parts: readonly Part[], lost: Lost): Json {
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  const plan = parts.flatMap((part) => (part.type === 'reasoning' ? [part.text] : [])).join('')
  const content = writeContent(parts, false, lost)
  if (calls.length === 0) return { role: 'assistant', content }
  return {
    role: 'assistant',
    ...(content === '' ? {} : { content }),
    ...(plan === '' ? {} : { tool_plan: plan }),
    tool_calls: calls.map(({ id, name, namespace, custom, arguments: text }) => ({
      id,
      type: 'function',
      function: { name: flatName(name, namespace), arguments: custom ? customArguments(text) : text || '{}' },
    })),
  }
}

function writeResult(part: ToolResultPart, lost: Lost): Json {
  if (part.isError) lost.add('is_error')
  return { role: 'tool', tool_call_id: part.id, content: writeContent(part.parts, false, lost) }
}

/** Text alone as a string; with images, which only users may send, as a list of blocks. */
function writeContent(parts: readonly Part[], images: boolean, lost: Lost): string | Json[] {
  const blocks: Json[] = []
  const addText = (text: string) => {
    const last = blocks.at(-1)
    if (text === '') return
    if (last?.type === 'text') last.text = String(last.text) + text
    else blocks.push({ type: 'text', text })
  }
  for (const part of parts) {
    if (part.type === 'text') {
      addText(part.text)
      if (part.citations?.length) lost.add('citations')
    } else if (part.type === 'refusal') addText(part.text)
    else if (part.type === 'opaque') lost.add(opaqueName(part.value))
    else if (part.type === 'media') {
      const text = plainText(part)
      if (text !== null) addText(blocks.length === 0 ? text : `\n\n${text}`)
      else if (part.media === 'image' && images) blocks.push(writeImage(part))
      else lost.add(part.media === 'image' ? 'image_url' : part.media)
    }
  }
  return blocks.some(({ type }) => type !== 'text') ? blocks : blocks.map(({ text }) => text).join('')
}

function writeImage({ url, data, mime, detail }: MediaPart): Json {
  const level = detail === undefined ? {} : { detail }
  return { type: 'image_url', image_url: { url: url ?? dataUrl(data ?? '', mime), ...level } }
}
