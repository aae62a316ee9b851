import fc from 'fast-check'
import type { EvaluationContext, Subject } from '../../server/core/evaluation.ts'
import { replyOf } from '../evaluators/reply.ts'
import { requestOf, services, subjectOf } from '../evaluators/subject.ts'

/** How each kind is made for the contract, and what it is to be shown. */
export interface EvaluatorSample {
  options: Readonly<Record<string, unknown>>
  /** Options that make no sense. */
  wrong: readonly Readonly<Record<string, unknown>>[]
  passes: Subject
  fails: Subject
}

type Options = Readonly<Record<string, unknown>>

function sample(options: Options, wrong: readonly Options[], passes: Subject, fails: Subject): EvaluatorSample {
  return { options, wrong, passes, fails }
}

const to = (text: string) => ({ reference: { text } })
const timed = (durationMs: number) => ({ measured: { durationMs, ttftMs: 1, costNano: durationMs } })
const calling = (given: string) => replyOf('', { toolCalls: [{ name: 'weather', arguments: given }] })
const weather = {
  request: requestOf('How is the weather in Oslo?', {
    tools: [{ name: 'weather', parameters: { type: 'object', required: ['city'] } }],
  }),
}
const tram = {
  reference: { context: 'The tram of Oslo opened in 1875. It has six lines and carries many people a year.' },
}
const session = {
  request: requestOf('Cancel order 88', {
    messages: [
      { role: 'user', text: 'Cancel order 88', toolCalls: [], toolResults: [] },
      { role: 'assistant', text: '', toolCalls: [{ name: 'cancel', arguments: '{"order":88}' }], toolResults: [] },
      {
        role: 'tool',
        text: '',
        toolCalls: [],
        toolResults: [{ name: 'cancel', text: 'order 88 cancelled', isError: false }],
      },
    ],
  }),
}

export const SAMPLES: Readonly<Record<string, EvaluatorSample>> = {
  'non-empty': sample({}, [], subjectOf('a'), subjectOf('')),
  'json-schema': sample(
    {
      schema: {
        type: 'object',
        properties: { answer: { type: 'string', pattern: '^(a+)+$' } },
        additionalProperties: { type: 'integer' },
        propertyNames: { maxLength: 8 },
      },
    },
    [
      {},
      { schema: 17 },
      { schema: [] },
      { schema: null },
      { schema: { type: 'no such type' } },
      { schema: { pattern: '(' } },
    ],
    subjectOf('{}'),
    subjectOf('{"answer":5}'),
  ),
  regex: sample(
    { pattern: '^(a+)+$', must: 'not_match' },
    [{}, { pattern: '(' }, { pattern: 1 }, { pattern: 'a', must: 'often' }],
    subjectOf('b'),
    subjectOf('aaa'),
  ),
  exact: sample(
    { ignore: ['case', 'punctuation'], as: 'json' },
    [{ ignore: 'case' }, { ignore: ['everything'] }, { ignore: [] }, { as: 'number' }, { expected: 17 }],
    subjectOf('{"a":1,"b":2}', to('{"b":2,"a":1}')),
    subjectOf('no', to('yes')),
  ),
  contains: sample(
    { all: ['a'], any: ['b', 'c'], none: ['kiwi'] },
    [{ all: 'a' }, { any: [] }, { none: [''] }, { all: [1] }, { case: 'upper' }],
    subjectOf('AB'),
    subjectOf('ab kiwi'),
  ),
  length: sample(
    { min: 2, max: 5, unit: 'words' },
    [{}, { max: -1 }, { min: 1.5 }, { min: 3, max: 2 }, { max: 1, unit: 'pages' }, { max: '3' }],
    subjectOf('a b c'),
    subjectOf('a b c d e f'),
  ),
  language: sample(
    { in: ['en'] },
    [{ in: 'en' }, { in: ['english'] }, { in: [] }],
    subjectOf('This is a sentence in English, and a good one too.'),
    subjectOf('Das ist ein deutscher Satz, und ein guter dazu.'),
  ),
  refusal: sample(
    { abstentions: 'fail' },
    [{ abstentions: 'sometimes' }],
    subjectOf('Of course.'),
    subjectOf('I’m sorry, I can’t help with that.'),
  ),
  'toxicity-words': sample(
    { severity: 'mild', words: ['foo bar', 'baz*'], allow: ['damn'] },
    [{ severity: 'high' }, { words: 'x' }, { allow: [1] }],
    subjectOf('Damn fine.'),
    subjectOf('You idiot!'),
  ),
  latency: sample(
    { max: '2s', ttft_max: 500 },
    [{}, { max: 'soon' }, { max: '2 s' }, { max: 0 }, { ttft_max: -1 }, { max: null }],
    subjectOf('a', timed(100)),
    subjectOf('a', timed(3000)),
  ),
  cost: sample(
    { max_usd: 0.000001 },
    [{}, { max_usd: 0 }, { max_usd: '1' }, { max_usd: Number.POSITIVE_INFINITY }],
    subjectOf('a', timed(10)),
    subjectOf('a', timed(3000)),
  ),
  groundedness: sample(
    { threshold: 0.5, context: 'all', chatter: 'count' },
    [{ threshold: 2 }, { context: 'some' }, { chatter: 'maybe' }],
    subjectOf('The tram of Oslo opened in 1875 and has six lines.', tram),
    subjectOf('The tram of Rome opened in 1921 and has nine lines.', tram),
  ),
  'answer-relevancy': sample(
    { threshold: 0.5 },
    [{ threshold: 2 }, { threshold: 'high' }],
    subjectOf('The tram of Oslo opened in 1875.', { request: requestOf('When did the tram of Oslo open?') }),
    subjectOf('Cats sleep for most of the day.', { request: requestOf('When did the tram of Oslo open?') }),
  ),
  'tool-call-match': sample(
    { arguments: 'exact', order: 'same', threshold: 0.9 },
    [
      { expected: {} },
      { expected: [{}] },
      { expected: [{ name: '' }] },
      { arguments: 'some' },
      { order: 'reverse' },
      { threshold: 2 },
      { threshold: '1' },
    ],
    subjectOf(calling('{"city":"Oslo"}'), weather),
    subjectOf(calling('{}'), weather),
  ),
  'task-completion': sample(
    { unfinished: 'fail', threshold: 0.75 },
    [{ unfinished: 'maybe' }, { threshold: -1 }],
    subjectOf('Order 88 is cancelled.', session),
    subjectOf('I’m sorry, I can’t help with that.', session),
  ),
  similarity: sample(
    { by: 'lexical', threshold: 0.6 },
    [{ by: 'magic' }, { threshold: 1.1 }],
    subjectOf('the cat sat on the mat', to('The cat sat on a mat')),
    subjectOf('dogs', to('The cat sat on a mat')),
  ),
  judge: sample(
    { route: 'judges', rubric: [{ criterion: 'Is it kind?', weight: 2 }, 'Is it short?'] },
    [
      {},
      { route: 'judges' },
      { rubric: 'x' },
      { route: '', rubric: 'x' },
      { route: 'judges', rubric: 'x', scale: [3] },
    ],
    subjectOf('good'),
    subjectOf('bad'),
  ),
}

/** Stands wherever a subject has content, and must not stand in a reason. */
export const SECRET = 'zqxj7kwv'

/** A judge that likes what has no “bad” in it and repeats what it has read; vectors of one direction. */
export const context: EvaluationContext = services({
  ask: async (_, messages) => {
    // As a word: the fence around what it reads is made of random hex digits.
    const grade = /\bbad\b/.test(messages[1]!.content) ? 1 : 5
    return JSON.stringify({ reason: `${SECRET} ${messages[1]!.content}`, scores: [grade, grade] })
  },
  targetsOf: () => [{ provider: 'sandbox', model: 'judge', weight: 1 }],
  embed: async (texts) => texts.map(() => Float32Array.of(1)),
})

const words = fc.constantFrom(
  ...[
    SECRET,
    `${SECRET}.`,
    'a',
    '',
    ' ',
    '\n',
    '\0',
    '\uD800',
    '7',
    'I can’t',
    ' help with that',
    'fuck',
    'Paris',
    '。',
    '```',
  ],
)
const jsons = fc.dictionary(words, fc.oneof(words, fc.nat(), fc.array(words))).map((value) => JSON.stringify(value))
const texts = fc.oneof(
  jsons,
  jsons.map((text) => `\`\`\`json\n${text}\n\`\`\``),
  fc.array(words).map((list) => list.join('')),
  fc.array(words).map((list) => list.join(' ')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('['.repeat(50_000), '{"a":'.repeat(20_000), `${'a'.repeat(30_000)}!`, 'null', `"${SECRET}"`),
)
const calls = fc.array(fc.record({ name: words, arguments: texts }), { maxLength: 3 })
const results = fc.array(fc.record({ name: words, text: texts, isError: fc.boolean() }), { maxLength: 2 })
const message = fc.record({
  role: fc.constantFrom('user', 'assistant', 'tool'),
  text: texts,
  toolCalls: calls,
  toolResults: results,
})
const schemas = fc.constantFrom<unknown>(
  { type: 'object', properties: { a: { const: SECRET } }, required: [SECRET] },
  { $ref: '#' },
  { type: SECRET },
  {},
)
const tools = fc.array(fc.oneof(fc.record({ name: words }), fc.record({ name: words, parameters: schemas })), {
  maxLength: 3,
})
const measure = fc.oneof(fc.constant(null), fc.nat(5000), fc.constant(0))

export const subjects: fc.Arbitrary<Subject> = fc.record({
  reply: fc.record({
    text: texts,
    refusal: fc.constantFrom('', '', SECRET),
    toolCalls: calls,
    finishReason: fc.constantFrom('stop', 'length', 'tool-calls', 'content-filter', 'other', null),
  }),
  request: fc.record({ system: texts, question: texts, messages: fc.array(message, { maxLength: 4 }), tools }),
  measured: fc.record({ durationMs: measure, ttftMs: measure, costNano: measure }),
  reference: fc.oneof(
    fc.constant(null),
    fc.record({ text: texts }),
    fc.record({ text: texts, toolCalls: calls, context: texts }),
    fc.record({ toolCalls: calls }),
  ),
  target: fc.constant({ provider: 'sandbox', model: 'echo', weight: 1 }),
})

/** A million characters of one kind, here and there in a subject. */
export function largeSubjects(): (readonly [name: string, subject: Subject])[] {
  const size = 1_000_000
  const pieces = [
    'a',
    'a ',
    'One two three four. ',
    'I can’t help “',
    'f*',
    '「„',
    'please provide the ',
    '[',
    '{"a":',
    '我不能',
    'é\u0301',
    '\n- ',
    '1,234.5 ',
    'not ',
  ]
  return pieces.map((piece) => {
    const text = piece.repeat(Math.ceil(size / piece.length))
    const toolCalls = [{ name: 'a', arguments: text }]
    const result = { name: 'a', text, isError: false }
    const request = requestOf(text, {
      system: text,
      messages: [
        { role: 'user', text, toolCalls: [], toolResults: [] },
        { role: 'assistant', text, toolCalls, toolResults: [] },
        { role: 'tool', text: '', toolCalls: [], toolResults: [result] },
        { role: 'user', text: `b${text}`, toolCalls: [], toolResults: [] },
      ],
      tools: [{ name: 'a', parameters: { type: 'object' } }],
    })
    const reference = { text: `${text}b`, toolCalls, context: text }
    return [JSON.stringify(piece), subjectOf(replyOf(text, { toolCalls }), { request, reference })]
  })
}
