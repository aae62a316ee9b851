import type { Quirks, Written } from '../../core/dialect.ts'
import type { ChatRequest, FunctionTool, Sampling } from '../../core/request.ts'
import { Lost, loseCacheMarks, ownExtra } from '../lost.ts'
import { type Json, present } from '../members.ts'
import { asFunctions, chosenName, lostGrammars } from '../tool-names.ts'
import { writeMessages } from './write-messages.ts'

/** Cohere's own members, which a client of another dialect may send along. */
const KEPT = ['documents', 'citation_options', 'safety_mode', 'priority']
const MOST_STOPS = 5

/** A canonical request for Cohere's chat, version 2: https://docs.cohere.com/reference/chat */
export function writeRequest(request: ChatRequest, model: string, _quirks: Quirks): Written {
  const lost = new Lost()
  const { toolChoice, output } = request
  const tools = chosenTools(request, lost)
  const extra = ownExtra(request, 'cohere-chat', lost, KEPT)
  const body: Json = present({
    ...extra,
    model,
    messages: writeMessages(request.messages, lost),
    ...writeTools(tools, lost),
    tool_choice: toolChoice === undefined || tools.length === 0 ? undefined : CHOICES[toolChoice.mode],
    ...writeSampling(request.sampling, lost),
    thinking: writeThinking(request, lost),
    stream: request.stream,
  })
  if (output.type !== 'text') {
    // JSON output is refused beside tools and documents.
    if (body.tools !== undefined || body.documents !== undefined) lost.add('response_format')
    else
      body.response_format = {
        type: 'json_object',
        ...(output.type === 'json-schema' ? { json_schema: output.schema } : {}),
      }
  }
  if (request.parallelToolCalls === false) lost.add('parallel_tool_calls')
  loseCacheMarks(request, lost)
  return { body, lost: lost.list() }
}

/** One tool that must be called is the only one on offer. */
const CHOICES = { auto: undefined, none: 'NONE', required: 'REQUIRED', tool: 'REQUIRED' } as const

function chosenTools(request: ChatRequest, lost: Lost): FunctionTool[] {
  const { functions, hosted } = asFunctions(request.tools)
  lost.add(...hosted, ...lostGrammars(request.tools))
  const { toolChoice, tools } = request
  if (toolChoice?.mode !== 'tool') return functions
  const chosen = functions.filter(({ name }) => name === chosenName(tools, toolChoice.name))
  if (chosen.length === 0) lost.add('tool_choice')
  return chosen.length === 0 ? functions : chosen
}

/** Cohere is strict with all tools or with none. */
function writeTools(tools: readonly FunctionTool[], lost: Lost): Json {
  if (tools.length === 0) return {}
  const strict = tools.filter((tool) => tool.strict === true).length
  if (strict > 0 && strict < tools.length) lost.add('strict')
  return {
    tools: tools.map(({ name, description, parameters = { type: 'object', properties: {} } }) => ({
      type: 'function',
      function: { name, ...(description === undefined ? {} : { description }), parameters },
    })),
    ...(strict === tools.length ? { strict_tools: true } : {}),
  }
}

function writeSampling(sampling: Sampling, lost: Lost): Json {
  const { topP, topK, stop, frequencyPenalty, presencePenalty, logprobs, choices } = sampling
  if (stop !== undefined && stop.length > MOST_STOPS) lost.add('stop')
  if (logprobs) lost.add('top_logprobs')
  if ((choices ?? 1) > 1) lost.add('n')
  return {
    temperature: sampling.temperature,
    // 1 stands for no limit elsewhere; here the highest is below it.
    p: topP === undefined ? undefined : Math.min(0.99, Math.max(0.01, topP)),
    k: topK === undefined ? undefined : Math.min(500, topK),
    max_tokens: sampling.maxTokens,
    stop_sequences: stop?.length ? stop.slice(0, MOST_STOPS) : undefined,
    seed: sampling.seed,
    frequency_penalty: penalty(frequencyPenalty, 'frequency_penalty', lost),
    presence_penalty: penalty(presencePenalty, 'presence_penalty', lost),
    logprobs: logprobs === undefined ? undefined : true,
  }
}

/** Penalties go from 0 to 1 here; OpenAI's from -2 to 2. */
function penalty(value: number | undefined, name: string, lost: Lost): number | undefined {
  if (value === undefined || (value >= 0 && value <= 1)) return value
  lost.add(name)
  return undefined
}

/** Models that think do so unless told not to, and know a limit but no levels. */
function writeThinking({ reasoning }: ChatRequest, lost: Lost): Json | undefined {
  const { effort, budget } = reasoning ?? {}
  if (effort === 'none') return { type: 'disabled' }
  if (budget !== undefined) return { type: 'enabled', token_budget: budget }
  if (effort !== undefined && effort !== 'adaptive') lost.add('reasoning')
  return undefined
}
