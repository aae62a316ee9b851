import type { Quirks, Written } from '../../core/dialect.ts'
import type { ChatRequest } from '../../core/request.ts'
import { Lost, loseCacheMarks, ownExtra, splitSystem } from '../lost.ts'
import type { Json } from '../members.ts'
import { writeConfig } from './write-config.ts'
import { type WriteContext, writeContents, writeParts } from './write-contents.ts'
import { writeToolConfig, writeTools } from './write-tools.ts'

/**
 * A canonical request as a generateContent request: https://ai.google.dev/api/generate-content. The model is not part
 * of it: it stands in the address, as whether the reply is streamed.
 */
export function writeRequest(request: ChatRequest, model: string, _quirks: Quirks): Written {
  const lost = new Lost()
  const extra = unfold(ownExtra(request, 'gemini', lost))
  const context: WriteContext = { model, own: request.dialect === 'gemini', lost }
  const { system, rest } = splitSystem(request.messages, lost)
  const instruction = writeParts(system, context)
  const contents = writeContents(rest, context)
  const tools = writeTools(request, extra.functionDeclarations, lost)
  const toolConfig =
    tools.length > 0 ? writeToolConfig(request, extra.toolConfig, extra.functionCallingConfig) : undefined
  const generationConfig = writeConfig(
    request,
    model,
    { ...extra.generationConfig, ...(isEmpty(extra.thinkingConfig) ? {} : { thinkingConfig: extra.thinkingConfig }) },
    lost,
  )
  if (request.parallelToolCalls === false) lost.add('parallel_tool_calls')
  loseCacheMarks(request, lost)
  const body: Json = {
    ...extra.top,
    // Gemini refuses a request without contents: instructions alone are then what the user says.
    ...(contents.length > 0 || instruction.length === 0
      ? { contents, ...(instruction.length > 0 ? { systemInstruction: { parts: instruction } } : {}) }
      : { contents: [{ role: 'user', parts: instruction }] }),
    ...(tools.length > 0 ? { tools } : {}),
    ...(toolConfig === undefined ? {} : { toolConfig }),
    ...(isEmpty(generationConfig) ? {} : { generationConfig }),
  }
  return { body, lost: lost.list() }
}

const NESTED = [
  'generationConfig',
  'thinkingConfig',
  'toolConfig',
  'functionCallingConfig',
  'functionDeclarations',
] as const

type Unfolded = Record<(typeof NESTED)[number] | 'top', Json>

/** Extra members by the object that they belong to, as `readRequest` named them by their path. */
function unfold(extra: Json): Unfolded {
  const entries: Record<string, [string, unknown][]> = Object.fromEntries([...NESTED, 'top'].map((name) => [name, []]))
  for (const [name, value] of Object.entries(extra)) {
    const owner = NESTED.find((candidate) => name.startsWith(`${candidate}.`))
    if (owner === undefined) entries.top!.push([name, value])
    else entries[owner]!.push([name.slice(owner.length + 1), value])
  }
  return Object.fromEntries(
    Object.entries(entries).map(([name, members]) => [name, Object.fromEntries(members)]),
  ) as Unfolded
}

function isEmpty(members: Json): boolean {
  return Object.keys(members).length === 0
}
