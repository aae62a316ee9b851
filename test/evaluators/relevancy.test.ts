import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Score, Subject } from '../../server/core/evaluation.ts'
import { answerRelevancy } from '../../server/evaluators/answer-relevancy.ts'
import { expectedOf } from '../../server/evaluators/relevancy/expected.ts'
import { featuresOf } from '../../server/evaluators/relevancy/form.ts'
import { signalsOf } from '../../server/evaluators/relevancy/signals.ts'
import { readWords } from '../../server/evaluators/text/words.ts'
import { millisecondsOfThread } from '../support/thread-time.ts'
import { replyOf } from './reply.ts'
import { noServices, requestOf, subjectOf } from './subject.ts'

function score(question: string, reply: string, more: Partial<Subject> = {}, options = {}): Score | null {
  const subject = subjectOf(reply, { request: requestOf(question), ...more })
  return answerRelevancy.create(options).score(subject, noServices()) as Score | null
}

const BRIDGE = 'Who designed the Veldt bridge?'
const CONTEXT = 'The Veldt bridge was designed by Hanne Solberg. The ferry to Bergen leaves from Tromsund at noon.'

describe('answer-relevancy passes', () => {
  const CASES: Readonly<Record<string, readonly [question: string, reply: string]>> = {
    'an answer with the words of the question': [BRIDGE, 'The bridge was designed by Hanne Solberg.'],
    'a name, where one is asked for': [BRIDGE, 'Hanne Solberg'],
    'a number, where one is asked for': ['How many users does the Team plan allow?', '25'],
    'a yes, where one is asked for': ['Can I return sale items?', 'No, you cannot.'],
    'code that was asked for': [
      'Write a Python function that reverses a string.',
      '```python\ndef reverse(text):\n    return text[::-1]\n```\nIt reverses the string.',
    ],
    'the form that was asked for': [
      'Write a haiku about rain.',
      'Drops on the glass\nwhisper of a sea\nthe garden wakes',
    ],
    'a text given back with changes': ['Fix the grammar: he go to school', 'He goes to school.'],
    'an answer in German': ['Wie lange gilt die Garantie?', 'Die Garantie gilt drei Jahre ab Kaufdatum.'],
    'an answer in Japanese': ['会議室の利用料金はいくらですか。', '会議室の利用料金は1時間500円です。'],
  }
  for (const [name, pair] of Object.entries(CASES))
    it(name, () => {
      const { passed, reason } = score(...pair)!
      assert.ok(passed, reason)
    })

  it('what the context has next to the words of the question', () => {
    const reference = { context: CONTEXT }
    assert.equal(
      score(BRIDGE, 'Solberg did.', { reference })!.reason,
      'The reply says what the context has next to the words of the question.',
    )
    assert.equal(score(BRIDGE, 'Tromsund', { reference })!.passed, false)
  })
})

describe('answer-relevancy fails', () => {
  const CASES: Readonly<Record<string, readonly [question: string, reply: string, why: RegExp]>> = {
    'a reply about something else': [BRIDGE, 'Tomatoes need six hours of sun and a deep pot.', /neither the words/],
    'a refusal': [BRIDGE, "I'm sorry, but I can't help with that.", /cannot or will not answer/],
    'an evasion': [BRIDGE, 'It depends.', /nothing of its own/],
    'the question once more': [BRIDGE, 'Who designed the Veldt bridge?', /repeats the question/],
    'the subject without the answer': [
      'How many metres is the Veldt bridge long?',
      'The Veldt bridge is long and red.',
      /no answer of the kind/,
    ],
    'another language without the subject': [
      'What is the price of the ticket and where is it sold?',
      'Das Haus ist auf dem Hügel und wird nicht verkauft.',
      /another language/,
    ],
    'code that nobody asked for': [
      'What do elephants eat in the wild?',
      '```js\nconst a = 1\n```',
      /a form that nobody asked for/,
    ],
  }
  for (const [name, [question, reply, why]] of Object.entries(CASES))
    it(name, () => {
      const { passed, reason } = score(question, reply)!
      assert.equal(passed, false)
      assert.match(reason, why)
    })

  it('an empty reply, and one that the provider marks as refused', () => {
    assert.equal(score(BRIDGE, ' ')!.reason, 'The reply is empty.')
    const refused = subjectOf(replyOf('Hanne Solberg', { refusal: 'No.' }), { request: requestOf(BRIDGE) })
    assert.equal((answerRelevancy.create({}).score(refused, noServices()) as Score).reason, 'The model refused.')
  })
})

it('answer-relevancy has nothing to say where nothing is asked, or no text has come yet', () => {
  assert.equal(score('', 'Hello!'), null)
  assert.equal(score('ok', 'Hello!'), null)
  assert.equal(score('Translate “good morning” into French', 'Bonjour'), null)
  const calls = subjectOf(replyOf('', { toolCalls: [{ name: 'look_up', arguments: '{}' }] }), {
    request: requestOf(BRIDGE),
  })
  assert.equal(answerRelevancy.create({}).score(calls, noServices()), null)
})

it('answer-relevancy reads what was asked before, where a question says too little', () => {
  const said = (text: string) => ({ role: 'user' as const, text, toolCalls: [], toolResults: [] })
  const request = requestOf('Why?', { messages: [said('Who closed the Veldt bridge in autumn?'), said('Why?')] })
  const about = 'Because the Veldt bridge had cracks that autumn.'
  assert.ok(score('', about, { request })!.score > score('', 'Because tomatoes need a lot of sun.', { request })!.score)
})

it('answer-relevancy has a threshold that must make sense', () => {
  assert.equal(score(BRIDGE, 'The bridge was designed by Hanne Solberg.', {}, { threshold: 1 })!.passed, false)
  for (const threshold of [-1, 'high']) assert.throws(() => answerRelevancy.create({ threshold }), TypeError)
})

it('tells what a question asks for', () => {
  const CASES: Readonly<Record<string, readonly string[]>> = {
    'Who is it?': ['name'],
    'How many are there?': ['number'],
    'When did it open?': ['date', 'number'],
    'Is it open?': ['decides'],
    'Write a haiku.': ['verse'],
    'Why is it red?': ['reasons', 'list'],
    'Warum ist es rot?': ['reasons', 'list'],
    '¿Cuánto cuesta?': ['number'],
    'Tell me about bridges.': [],
  }
  for (const [question, features] of Object.entries(CASES))
    assert.deepEqual([...new Set(expectedOf(question).flat())], features, question)
})

it('tells what a reply is made of', () => {
  const has = (text: string) => [...featuresOf(text, readWords(text))].sort()
  assert.deepEqual(has('- one thing\n- another'), ['list', 'steps'])
  assert.deepEqual(has('Yes, because it rained.'), ['decides', 'reasons'])
  assert.deepEqual(has('It opened in May 1998 in Graz.'), ['date', 'name', 'number'])
  assert.deepEqual(has('| a | b |\n|---|---|'), ['table'])
  assert.deepEqual(has('Leaves fall\nslow and red\nover the pond\nwhere frogs sleep'), ['verse'])
})

describe('the signals of answer-relevancy', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom(...'who is the bridge Graz 30 yes no not 東京は ```js\n - | ? because der die'.split(' ')))
      .map((words) => words.join(' ')),
  )

  it('are within 0 and 1, and make the same score every time', () =>
    fc.assert(
      fc.property(text, text, text, (question, reply, context) => {
        for (const [name, value] of Object.entries(signalsOf(question, reply, context)))
          assert.ok(value >= 0 && value <= 1, name)
        const more = { reference: { context } }
        const first = score(question, reply, more)
        assert.ok(first === null || (first.score >= 0 && first.score <= 1))
        assert.deepEqual(score(question, reply, more), first)
      }),
    ))

  it('take no longer where there is more than they read', () => {
    for (const unit of ['Who designed the bridge? ', 'a. ', '東京は', '| a |\n', 'def f(): ', '- a\n']) {
      const long = unit.repeat(1_000_000 / unit.length)
      const start = millisecondsOfThread()
      score(long, long, { reference: { context: long } })
      assert.ok(millisecondsOfThread() - start < 2000, unit)
    }
  })
})
