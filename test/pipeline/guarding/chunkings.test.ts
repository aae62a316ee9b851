import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ChatEvent, streamOf } from '../../../server/core/events.ts'
import type { Exchange } from '../../../server/core/exchange.ts'
import type { GuardRule } from '../../../server/core/guard-policy.ts'
import type { GuardAction, GuardServices } from '../../../server/core/guardrail.ts'
import { guardrails } from '../../../server/guardrails/index.ts'
import { Blocked } from '../../../server/pipeline/guarding/blocked.ts'
import { Inspector } from '../../../server/pipeline/guarding/inspector.ts'
import { ReplyGuard } from '../../../server/pipeline/guarding/reply-guard.ts'
import { GuardSession } from '../../../server/pipeline/guarding/session.ts'

/** What a client gets is the same however the reply came in pieces, and no piece of what is taken out ever leaves. */

const EMAIL = 'ada.lovelace@example.org'
const CARD = '4111 1111 1111 1111'
const IBAN = 'DE89 3704 0044 0532 0130 00'
const KEY = ['AKIA', 'QX7MZ2LWT4PDNRB5'].join('')
const PATTERN = 'project-7734'
const WORD = 'bluebird'
const PLANTED = [EMAIL, CARD, IBAN, KEY, PATTERN, WORD]
const NOISE = [
  'The ',
  'answer',
  ' is 42. ',
  'Ada ',
  'a@',
  ' 4111',
  ' blue',
  'b',
  'AKI',
  'project-',
  '\n',
  '😀',
  ' — ',
  'é',
  ', ',
]

const RULES: readonly (readonly [kind: string, options: Record<string, unknown>])[] = [
  ['pii', {}],
  ['secrets', {}],
  ['regex', { patterns: ['project-[0-9]{4}'] }],
  ['keywords', { words: [WORD] }],
]

function ruleOf(kind: string, options: Record<string, unknown>, action: GuardAction): GuardRule {
  const found = guardrails.get(kind)!
  return {
    name: kind,
    kind: found,
    guardrail: found.create(options),
    stage: 'post',
    action,
    threshold: null,
    onError: 'block',
    mode: 'enforce',
    sample: 1,
    timeoutMs: 1000,
    escalateTo: null,
    redaction: 'placeholder',
    restore: false,
    options,
    problem: null,
  }
}

function sessionOf(rules: readonly GuardRule[]): GuardSession {
  return new GuardSession(
    {
      inspector: new Inspector(async (rule, text, context) => rule.guardrail.inspect(text, context)),
      servicesFor: () => ({}) as GuardServices,
      hashKey: createSecretKey(Buffer.from('a key for tests')),
      excerptOf: () => ({ excerpt: '', highlight: null }),
    },
    { verdicts: [], startedAt: 0, caller: null, plan: null } as unknown as Exchange,
    { rules, onBlock: 'error', refusal: 'No.' },
    { systemPrompt: '', tools: [], texts: [] },
    false,
  )
}

/** A reply of one part in these pieces. */
function replyOf(kind: 'text' | 'reasoning' | 'tool-call', pieces: readonly string[]): ChatEvent[] {
  return [
    { type: 'reply-start', id: 'r', model: 'm', created: 0 },
    { type: 'part-start', choice: 0, part: 0, kind, ...(kind === 'tool-call' ? { id: 'c', name: 'send' } : {}) },
    ...pieces.map((text): ChatEvent => ({ type: 'part-delta', choice: 0, part: 0, text })),
    { type: 'part-end', choice: 0, part: 0 },
    { type: 'finish', choice: 0, reason: 'stop', raw: null },
  ]
}

interface Got {
  /** In the pieces in which it went out. */
  pieces: string[]
  refused: boolean
}

async function pass(rules: readonly GuardRule[], events: readonly ChatEvent[], isWhole = false): Promise<Got> {
  const pieces: string[] = []
  let refused = false
  let kind = ''
  try {
    for await (const event of new ReplyGuard(sessionOf(rules), rules, isWhole).pass(streamOf(events), () => {})) {
      if (event.type === 'part-start') kind = event.kind
      if (kind === 'refusal') refused = true
      else if (event.type === 'part-delta') pieces.push(event.text)
    }
  } catch (thrown) {
    if (!(thrown instanceof Blocked)) throw thrown
    refused = true
  }
  return { pieces, refused }
}

/** Cuts a text at places, never inside a surrogate pair: readers of wire formats give whole characters. */
function cut(text: string, places: readonly number[]): string[] {
  const characters = [...text]
  const at = [...new Set(places.map((place) => place % (characters.length + 1)))].sort((one, other) => one - other)
  const edges = [0, ...at, characters.length]
  return edges.slice(1).map((end, index) => characters.slice(edges[index]!, end).join(''))
}

const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(...NOISE),
      fc.constantFrom(...NOISE),
      fc.constantFrom(...PLANTED).map((planted) => ` ${planted} `),
    ),
    {
      maxLength: 14,
    },
  )
  .map((words) => words.join(''))
const places = fc.array(fc.nat({ max: 400 }), { maxLength: 30 })

for (const action of ['redact', 'block'] as const)
  test(`${action}: any chunking of a text gives what the whole text gives`, async () => {
    const rules = RULES.map(([kind, options]) => ruleOf(kind, options, action))
    await fc.assert(
      fc.asyncProperty(texts, places, fc.constantFrom('text', 'reasoning'), async (text, where, kind) => {
        const whole = await pass(rules, replyOf(kind, [text]), true)
        const inPieces = await pass(rules, replyOf(kind, cut(text, where)))
        const bySingle = await pass(rules, replyOf(kind, [...text]))
        for (const got of [inPieces, bySingle]) {
          assert.equal(got.pieces.join(''), whole.pieces.join(''))
          assert.equal(got.refused, whole.refused)
        }
        for (const planted of PLANTED) assert.ok(!whole.pieces.join('').includes(planted), planted)
      }),
      { numRuns: 150 },
    )
  })

test('what is planted is found, and what stands before it has gone out by then', async () => {
  const rules = RULES.map(([kind, options]) => ruleOf(kind, options, 'redact'))
  for (const planted of PLANTED) {
    const { pieces } = await pass(rules, replyOf('text', [...`Well now, it is ${planted}, I think.`]))
    const text = pieces.join('')
    assert.match(text, /^Well now, it is (?:<REPLY_[A-Z_]+_1>|\[removed by \w+\]), I think\.$/, planted)
  }
})

test('prose flows: no more than a word or two is held back', async () => {
  const rules = RULES.map(([kind, options]) => ruleOf(kind, options, 'redact'))
  const text =
    'It was the best of times, it was the worst of times, in short: the period was so far like the present one.'
  const guard = new ReplyGuard(sessionOf(rules), rules, false)
  let given = 0
  async function* slowly(): AsyncGenerator<ChatEvent> {
    for (const event of replyOf('text', [...text])) {
      if (event.type === 'part-delta') given += 1
      yield event
    }
  }
  let got = 0
  let most = 0
  for await (const event of guard.pass(slowly(), () => {})) {
    if (event.type !== 'part-delta') continue
    got += event.text.length
    most = Math.max(most, given - got)
  }
  assert.equal(got, text.length)
  assert.ok(most <= 24, `${most} characters were held`)
})

test('texts in the arguments of tool calls are replaced where they stand, whatever JSON does to them', async () => {
  const rules = RULES.map(([kind, options]) => ruleOf(kind, options, 'redact'))
  const texts = fc.constantFrom(...PLANTED, 'plain', `x\n${EMAIL}`, `"${EMAIL}"`, `\\${WORD}\t`)
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom('to', 'body', EMAIL), fc.oneof(texts, fc.array(texts))),
      places,
      async (json, where) => {
        const escaped = JSON.stringify(json).replaceAll('@', '\\u0040')
        for (const written of [JSON.stringify(json), escaped]) {
          const { pieces } = await pass(rules, replyOf('tool-call', cut(written, where)))
          const clean = JSON.stringify(JSON.parse(pieces.join('')))
          for (const planted of PLANTED) assert.ok(!clean.includes(planted), planted)
          if (!PLANTED.some((planted) => JSON.stringify(json).includes(planted))) assert.equal(pieces.join(''), written)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('deltas in which nothing is replaced stay as they are, probabilities and all', async () => {
  const rules = RULES.map(([kind, options]) => ruleOf(kind, options, 'redact'))
  const events = replyOf('text', ['Hello ', 'there ', `${WORD} `, 'again.']).map((event, index) =>
    event.type === 'part-delta' ? { ...event, logprobs: [index] } : event,
  )
  const got: ChatEvent[] = []
  for await (const event of new ReplyGuard(sessionOf(rules), rules, false).pass(streamOf(events), () => {}))
    got.push(event)
  const told = got.flatMap((event) => (event.type === 'part-delta' && event.logprobs ? [event.text] : []))
  assert.ok(told.includes('Hello '))
  assert.ok(!JSON.stringify(got).includes(WORD))
  assert.ok(!told.join('').includes('removed'))
})
