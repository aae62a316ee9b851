/** What the upstream answers, built once. */

/** The model that every call names by the time it reaches the upstream. */
export const MODEL = 'gpt-4o-mini'
export const CONTENT_FRAMES = 60
/** Stands in every frame that shows something, and in no other. */
export const CONTENT_MARK = '"content":" '
export const STREAM_END = 'data: [DONE]\n\n'

const ID = 'chatcmpl-BenchBenchBenchBenchBench'
const DATED_MODEL = 'gpt-4o-mini-2024-07-18'
const CREATED = 1_767_225_600
const USAGE = { prompt_tokens: 70, completion_tokens: CONTENT_FRAMES, total_tokens: 70 + CONTENT_FRAMES }
const WORDS = 'harbour tide ship draught hour entry office book ledger morning'.split(' ')
const words = Array.from({ length: CONTENT_FRAMES }, (_, index) => ` ${WORDS[index % WORDS.length]}`)

export const UNARY_REPLY: Buffer = Buffer.from(
  JSON.stringify({
    id: ID,
    object: 'chat.completion',
    created: CREATED,
    model: DATED_MODEL,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: words.join(''), refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: USAGE,
    system_fingerprint: 'fp_bench',
  }),
)

/** The frames of a stream, each to be written by itself. With usage every frame has the member, as OpenAI's do. */
export function streamFrames(withUsage: boolean): readonly Buffer[] {
  const none = withUsage ? { usage: null } : {}
  const choice = (delta: object, finish: string | null) => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...none,
  })
  const frames = [
    choice({ role: 'assistant', content: '', refusal: null }, null),
    ...words.map((content) => choice({ content }, null)),
    choice({}, 'stop'),
    ...(withUsage ? [{ choices: [], usage: USAGE }] : []),
  ].map((part) => {
    const head = { id: ID, object: 'chat.completion.chunk', created: CREATED, model: DATED_MODEL }
    return `data: ${JSON.stringify({ ...head, ...part })}\n\n`
  })
  return [...frames, STREAM_END].map((frame) => Buffer.from(frame))
}
