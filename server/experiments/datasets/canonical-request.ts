import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { ChatRequest } from '../../core/request.ts'
import { RowProblem } from './row-problem.ts'

/** Requests in no dialect (`core/request.ts`), for those that OpenAI's form cannot say all of. */

const closed = { additionalProperties: false }
const Text = Type.String()
const Maybe = Type.Optional
const Any = Type.Unknown()
const Dialect = Type.Enum([
  'openai-chat',
  'openai-completions',
  'openai-responses',
  'anthropic-messages',
  'ollama',
  'ollama-generate',
  'gemini',
  'bedrock-converse',
  'cohere-chat',
])
const State = Maybe(Type.Object({ issuer: Dialect, value: Any }, closed))
const Cache = Maybe(Type.Object({ ttl: Maybe(Type.Enum(['5m', '1h'])) }, closed))
const Citation = Type.Object(
  {
    url: Maybe(Text),
    title: Maybe(Text),
    quote: Maybe(Text),
    start: Maybe(Type.Number()),
    end: Maybe(Type.Number()),
    source: Type.Object({ dialect: Dialect, value: Any }, closed),
  },
  closed,
)

const SIMPLE_PARTS = [
  Type.Object(
    { type: Type.Literal('text'), text: Text, citations: Maybe(Type.Array(Citation)), state: State, cache: Cache },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('media'),
      media: Type.Enum(['image', 'audio', 'video', 'file']),
      url: Maybe(Text),
      data: Maybe(Text),
      mime: Maybe(Text),
      name: Maybe(Text),
      detail: Maybe(Text),
      cache: Cache,
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('reasoning'), text: Text, state: State }, closed),
  Type.Object({ type: Type.Literal('refusal'), text: Text }, closed),
  Type.Object({ type: Type.Literal('opaque'), dialect: Dialect, value: Any, cache: Cache }, closed),
]
const ToolCall = Type.Object(
  {
    type: Type.Literal('tool-call'),
    id: Text,
    name: Text,
    arguments: Text,
    custom: Maybe(Type.Boolean()),
    namespace: Maybe(Text),
    state: State,
    cache: Cache,
  },
  closed,
)
const ToolResult = Type.Object(
  {
    type: Type.Literal('tool-result'),
    id: Text,
    name: Maybe(Text),
    parts: Type.Array(Type.Union(SIMPLE_PARTS)),
    isError: Maybe(Type.Boolean()),
    cache: Cache,
  },
  closed,
)
const Message = Type.Object(
  {
    role: Type.Enum(['system', 'user', 'assistant', 'tool']),
    parts: Type.Array(Type.Union([...SIMPLE_PARTS, ToolCall, ToolResult])),
    name: Maybe(Text),
  },
  closed,
)
const Tool = Type.Union([
  Type.Object(
    {
      type: Type.Literal('function'),
      name: Text,
      description: Maybe(Text),
      parameters: Maybe(Any),
      strict: Maybe(Type.Boolean()),
      namespace: Maybe(Type.Object({ name: Text, description: Maybe(Text) }, closed)),
      cache: Cache,
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('custom'), name: Text, description: Maybe(Text), format: Maybe(Any) }, closed),
  Type.Object({ type: Type.Literal('hosted'), name: Text, dialect: Dialect, value: Any }, closed),
])
const Count = Maybe(Type.Number())
const Sampling = Type.Object(
  {
    temperature: Count,
    topP: Count,
    topK: Count,
    maxTokens: Count,
    stop: Maybe(Type.Array(Text)),
    seed: Count,
    frequencyPenalty: Count,
    presencePenalty: Count,
    choices: Count,
    logprobs: Count,
  },
  closed,
)
const Reasoning = Type.Object(
  {
    effort: Maybe(Type.Enum(['none', 'adaptive', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'])),
    budget: Count,
    show: Maybe(Type.Union([Type.Boolean(), Text])),
  },
  closed,
)
const Output = Type.Union([
  Type.Object({ type: Type.Enum(['text', 'json']) }, closed),
  Type.Object(
    {
      type: Type.Literal('json-schema'),
      name: Maybe(Text),
      description: Maybe(Text),
      schema: Any,
      strict: Maybe(Type.Boolean()),
    },
    closed,
  ),
])
const Choice = Type.Union([
  Type.Object({ mode: Type.Enum(['auto', 'none', 'required']) }, closed),
  Type.Object({ mode: Type.Literal('tool'), name: Text }, closed),
])
const Request = Type.Object(
  {
    dialect: Dialect,
    model: Text,
    messages: Type.Array(Message, { minItems: 1 }),
    tools: Type.Array(Tool),
    toolChoice: Maybe(Choice),
    parallelToolCalls: Maybe(Type.Boolean()),
    sampling: Sampling,
    output: Output,
    reasoning: Maybe(Reasoning),
    stream: Type.Boolean(),
    streamUsage: Type.Boolean(),
    user: Maybe(Text),
    extra: Type.Record(Text, Any),
  },
  closed,
)

const compiled = Compile(Request)

/** Throws a RowProblem that names the member. */
export function readCanonical(value: unknown): ChatRequest {
  if (compiled.Check(value)) return value as ChatRequest
  const { instancePath, message } = compiled.Errors(value)[0]!
  throw new RowProblem(`\`request${instancePath.replaceAll('/', '.')}\` ${message}`)
}
