import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pii } from '../../../server/guardrails/pii/index.ts'
import { secrets } from '../../../server/guardrails/secrets/index.ts'
import { millisecondsOfThread } from '../../support/thread-time.ts'
import { matchesOf } from './support.ts'

const LENGTH = 1 << 18
/** Of the processor, a quarter of a megabyte: many times what it takes, and far under what squares would. */
const MILLISECONDS = 4000

const TEXTS = [
  '1',
  '@',
  'a',
  '<',
  '.',
  '"',
  '{{{{',
  ' ',
  '\n',
  '(',
  ':',
  '-----BEGIN ',
  'aaaa@',
  'a@a.',
  '1 ',
  '12 ',
  '1234 ',
  '4111 1111 1111 1111 ',
  '+1',
  '+12345678901 ',
  'ssn 123456789 ',
  'call 415 555 0132 ',
  'MA12 ',
  'GB29',
  '1.1.1.1 ',
  '1:',
  '::',
  `0x${'aB'.repeat(20)} `,
  'a://b:c@',
  '12/12/1980 ',
  'ghp_',
  'ghp_aaaaaaaaaaaaaaaaaaaa ',
  'sk-',
  'xoxb-1-',
  'eyJhbGciOi.eyJ',
  'password=',
  'password = "',
  'auth:',
  'curl -u a:b ',
  'Authorization: Bearer ',
  'postgres://a:b@c',
  `-----BEGIN PRIVATE${' '}KEY-----`,
  'John Smith ',
  'in Paris ',
  'é',
  '😀',
  '１',
]

for (const [name, guardrail] of [
  ['pii', pii.create({})],
  ['pii, all types', pii.create({ types: 'all', regions: ['US', 'DE'] })],
  ['secrets', secrets.create({})],
] as const)
  test(`${name}: no text costs more than its length`, () => {
    for (const part of TEXTS) {
      const text = part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH)
      const before = millisecondsOfThread()
      matchesOf(guardrail, text)
      guardrail.incremental!.settled(text)
      const took = millisecondsOfThread() - before
      assert.ok(took < MILLISECONDS, `${part}: ${took} ms`)
    }
  })
