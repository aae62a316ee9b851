import type { Quirks, Written } from '../../core/dialect.ts'
import type { ChatRequest } from '../../core/request.ts'
import { Lost, loseCacheMarks, ownExtra } from '../lost.ts'
import type { Json } from '../members.ts'
import { asFunctions, lostGrammars } from '../tool-names.ts'
import { KEPT, writeOptions } from './options.ts'
import { writeThink } from './thinking.ts'
import { writeMessages } from './write-messages.ts'

/** Extra members that become `options`, not members of the body. */
const INSIDE = KEPT.filter((name) => name !== 'keep_alive' && name !== 'think')

/** A canonical request for `/api/chat`: https://docs.ollama.com/api/chat */
export function writeRequest(request: ChatRequest, model: string, _quirks: Quirks): Written {
  const lost = new Lost()
  const { sampling, output, toolChoice } = request
  const extra = ownExtra(request, 'ollama', lost, KEPT)
  const options = writeOptions(sampling, extra)
  const think = writeThink(request, lost)
  const tools = writeTools(request, lost)
  const body: Json = {
    ...Object.fromEntries(Object.entries(extra).filter(([name]) => !INSIDE.includes(name))),
    model,
    messages: writeMessages(request.messages, lost),
    stream: request.stream,
    ...(tools.length > 0 ? { tools } : {}),
    ...(output.type === 'json' ? { format: 'json' } : output.type === 'json-schema' ? { format: output.schema } : {}),
    ...(think === undefined ? {} : { think }),
    ...(sampling.logprobs === undefined ? {} : { logprobs: true }),
    ...(sampling.logprobs ? { top_logprobs: sampling.logprobs } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  }
  if (toolChoice?.mode === 'required' || toolChoice?.mode === 'tool') lost.add('tool_choice')
  if (request.parallelToolCalls === false) lost.add('parallel_tool_calls')
  if ((sampling.choices ?? 1) > 1) lost.add('n')
  loseCacheMarks(request, lost)
  return { body, lost: lost.list() }
}

/** The functions on offer; none where the model is not to call any. */
function writeTools(request: ChatRequest, lost: Lost): Json[] {
  if (request.toolChoice?.mode === 'none') return []
  const own = request.tools.filter((tool) => tool.type === 'hosted' && tool.dialect === 'ollama')
  const { functions, hosted } = asFunctions(request.tools.filter((tool) => !own.includes(tool)))
  lost.add(...hosted, ...lostGrammars(request.tools))
  if (functions.some(({ strict }) => strict === true)) lost.add('strict')
  return [
    ...functions.map(({ name, description, parameters }) => ({
      type: 'function',
      function: {
        name,
        ...(description === undefined ? {} : { description }),
        ...(parameters === undefined ? {} : { parameters }),
      },
    })),
    ...own.map((tool) => (tool.type === 'hosted' ? (tool.value as Json) : {})),
  ]
}
