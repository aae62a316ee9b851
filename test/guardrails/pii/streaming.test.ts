import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pii } from '../../../server/guardrails/pii/index.ts'
import { assertIncremental } from './incremental.ts'

const VALUES = [
  'ann.lee@example.com',
  'jörg@bücher.de',
  '4111 1111 1111 1111',
  '378282246310005',
  'GB29 NWBK 6016 1331 9268 19',
  'DE89370400440532013000',
  '+44 20 7946 0958',
  '(415) 555-0132',
  'phone 089 72 63 41',
  '455 6186 office',
  '192.168.1.20',
  '2001:db8::8a2e:370:7334',
  '00:1A:2B:3C:4D:5E',
  'SSN 536-90-4399',
  'SSN is 536904399',
  'AB 12 34 56 C',
  '12345678Z',
  'born May 3, 1980',
  'DOB: 1980-05-03',
  'https://ann:hunter22@db.example.com/x?y=1',
  'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  '131052-308T',
  '４１１１１１１１１１１１１１１１',
  '4111\u00a01111\u00a01111\u00a01111',
]
const NEAR_MISSES = [
  '4111 1111 1111 1112',
  'GB29 NWBK 6016',
  'ann@',
  '@example.com',
  '1.2.3',
  '12:30:45',
  '+1',
  'ghp_',
  '999',
  'UN',
  'May',
]
const NOISE = [
  ' ',
  ' ',
  ' ',
  ', ',
  '. ',
  '\n',
  '\r\n',
  '\n\n',
  '\t',
  'and',
  'the card',
  'call',
  'x',
  '😀',
  '\u200b',
  '，',
  '(',
  ')',
  '-',
  '/',
  '#',
  '"',
  '0',
  '17',
]
const PEOPLE = [
  'Ann Lee',
  'maria del carmen',
  'Dr. Paul Weber',
  'in Paris',
  'from Bauru',
  'Smith Ltd.',
  '12 Main Street Apt. 4',
  'Suite 286\n Porto 4000',
  'Acme\n\n98 Oude Kerkweg 31\n Suite 4\n Kaster\n Kenya 12345\n',
  'Baker, Lowe and Finch',
  'zip code 75201',
  'Bank of America',
  'van Oosten',
  'Ann-Lee-Ann.Lee-Ann&Lee',
  'Ann Lee Apt. 434 40 Rue de Lyon 21\nBelmonte WLG 12345',
  'USS Halvorsen\nFPO AE 09501',
]

const texts = (values: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...NOISE) },
        { weight: 2, arbitrary: fc.constantFrom(...values) },
        { weight: 1, arbitrary: fc.constantFrom(...NEAR_MISSES) },
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(''))

test('a stream is let go of only where the whole text would be, whatever comes', () => {
  const guardrail = pii.create({ types: undefined, regions: ['US', 'DE'] })
  fc.assert(
    fc.property(texts(VALUES), (text) => assertIncremental(guardrail, text)),
    { numRuns: 150 },
  )
})

test('so it is with names, places and organisations', () => {
  const guardrail = pii.create({ types: 'all' })
  fc.assert(
    fc.property(texts([...PEOPLE, ...VALUES]), (text) => assertIncremental(guardrail, text)),
    { numRuns: 60 },
  )
})

test('so it is with signs alone', () => {
  const guardrail = pii.create({ types: 'all' })
  const signs = fc.string({ unit: fc.constantFrom(...'0123456789 .-@:/+()aAxX\n'), maxLength: 60 })
  fc.assert(
    fc.property(signs, (text) => assertIncremental(guardrail, text)),
    { numRuns: 150 },
  )
})

test('so it is in texts longer than what is remembered', () => {
  const parts = fc.array(texts([...VALUES, ...PEOPLE]), { minLength: 25, maxLength: 35 }).map((each) => each.join(' '))
  for (const guardrail of [pii.create({}), pii.create({ types: 'all' })])
    fc.assert(
      fc.property(parts, (text) => assertIncremental(guardrail, text, 37)),
      { numRuns: 12 },
    )
})

test('so it is past the longest match', () => {
  const guardrail = pii.create({})
  const { settled } = guardrail.incremental!
  for (const part of ['1234 ', 'a', '4111 1111 1111 1111 ', 'ann@example.com,', 'GB29 NWBK 6016 1331 9268 19 ']) {
    const text = part.repeat(Math.ceil(1300 / part.length))
    let last = 0
    for (let cut = 0; cut <= text.length; cut += 7) {
      const bound = settled(text.slice(0, cut))
      assert.ok(bound >= last, `${part}: ${last} → ${bound}`)
      assert.ok(cut - bound <= 1100, `${part}: ${cut - bound} on hold`)
      last = bound
    }
  }
})

test('ordinary prose flows: no more than the word under way is held', () => {
  const { settled } = pii.create({}).incremental!
  for (const text of ['plain prose words ', 'It costs a lot, they said, ', 'One line.\n'])
    assert.equal(settled(text), text.length)
  assert.equal(settled('plain prose wor'), 'plain prose '.length)
  assert.equal(settled('pay 4111 1111 '), 'pay '.length)
})
