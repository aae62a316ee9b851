import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Text } from '@codemirror/state'
import fc from 'fast-check'
import { type SchemaNode, schemaAt, valuesOf } from '../../renderer/code/config-schema.ts'
import { offsetOf, toDiagnostics } from '../../renderer/code/diagnostics.ts'
import { smallestChange } from '../../renderer/code/smallest-change.ts'
import { type FormField, fieldGroups, settingOf, strategyField, textAt } from '../../renderer/routes/form-fields.ts'
import { predicateWords } from '../../renderer/routes/predicate-words.ts'
import { offsetOfRoute, readSource } from '../../renderer/routes/route-source.ts'

test('the smallest change makes one text of another and leaves both ends alone', () => {
  assert.equal(smallestChange('same', 'same'), null)
  assert.deepEqual(smallestChange('max: 1 }', 'max: 12 }'), { from: 6, to: 6, insert: '2' })
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n') })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = smallestChange(before, after)
      if (change === null) return assert.equal(before, after)
      assert.equal(before.slice(0, change.from) + change.insert + before.slice(change.to), after)
      const shared = before.length - (change.to - change.from)
      assert.ok(shared <= Math.min(before.length, after.length))
    }),
  )
})

test('a problem stands under the word that it is about, and within the text as it is by now', () => {
  const text = Text.of(['routes:', '  a:', '    stratgy: weighted'])
  const problem = (line: number, column: number) => ({
    path: 'routes.a',
    message: 'no',
    suggestion: 'yes?',
    line,
    column,
  })
  const [found] = toDiagnostics(text, [problem(3, 5)])
  assert.equal(text.sliceString(found!.from, found!.to), 'stratgy')
  assert.equal(found!.message, 'routes.a: no; yes?')
  fc.assert(
    fc.property(fc.nat(9), fc.nat(99), (line, column) => {
      const { from, to } = toDiagnostics(text, [problem(line, column)])[0]!
      assert.ok(0 <= from && from <= to && to <= text.length)
    }),
  )
  assert.equal(offsetOf(text, { line: 2, column: 3 }), 10)
})

test('the schema is found by keys, through lists, named maps and choices', () => {
  const schema: SchemaNode = {
    properties: {
      routes: {
        patternProperties: {
          '^.+$': {
            properties: {
              strategy: { enum: ['priority', 'weighted'] },
              targets: { items: { properties: { provider: {} } } },
              judge: { items: { anyOf: [{ enum: ['a'] }, { properties: { use: { enum: ['b'] } } }] } },
              on: { type: 'boolean' },
            },
          },
        },
      },
    },
  }
  const at = (...path: string[]) => schemaAt(schema, ['routes', 'any', ...path])
  assert.deepEqual(valuesOf(at('strategy')!), ['priority', 'weighted'])
  assert.deepEqual(Object.keys(at('targets')!.properties!), ['provider'])
  assert.deepEqual(valuesOf(at('judge', 'use')!), ['b'])
  assert.deepEqual(valuesOf(at('judge')!), ['a'])
  assert.deepEqual(valuesOf(at('on')!), ['true', 'false'])
  assert.equal(at('strategy', 'deeper'), null)
})

test('a form field says what holds anyway by saying nothing', () => {
  const fields: FormField[] = [strategyField, ...fieldGroups.flatMap((group) => group.fields)]
  for (const field of fields) assert.equal(settingOf(field, ''), undefined, field.label)
  const of = (label: string) => fields.find((field) => field.label === label)!
  assert.equal(settingOf(of('Strategy'), 'priority'), undefined)
  assert.equal(settingOf(of('Strategy'), 'weighted'), 'weighted')
  assert.equal(settingOf(of('Fall back'), 'true'), undefined)
  assert.equal(settingOf(of('Fall back'), 'false'), false)
  assert.equal(settingOf(of('Retries'), '3'), 3)
  assert.equal(settingOf(of('Retries'), 'three'), 'three', 'what is no number is refused by the gateway, not lost here')
  assert.equal(textAt({ retry: { max: 3 } }, ['retry', 'max']), '3')
  assert.equal(textAt({ retry: null }, ['retry', 'max']), '')
})

test('a source is read leniently, and says where it cannot be', () => {
  const read = readSource('providers: { a: {} }\nroutes:\n  one: { strategy: 7 }\n  two:\n')
  assert.deepEqual([...read.routes.keys()], ['one', 'two'])
  assert.deepEqual(read.providers, ['a'])
  assert.deepEqual(readSource('routes: []').routes.size, 0)
  const { problem } = readSource('a: 1\nb: : 2\n')
  assert.equal(problem?.line, 2)
  fc.assert(fc.property(fc.string(), (text) => void readSource(text)))
  assert.equal(offsetOfRoute('routes:\n  one: {}\n  two: {}\n', 'two'), 20)
  assert.equal(offsetOfRoute('routes: {}', 'two'), null)
})

test('predicates are put in words', () => {
  const cases: [unknown, string][] = [
    [{ 'metadata.tier': 'gold' }, 'metadata.tier = gold'],
    [{ 'request.tokens': { $gt: 8000, $lte: 9000 } }, 'request.tokens > 8000 and request.tokens ≤ 9000'],
    [{ tenant: { $in: ['a', 'b'] }, user: { $exists: false } }, 'tenant in [a, b] and user is not there'],
    [{ $or: [{ tenant: 'a' }, { $not: { team: 'b' } }] }, '(tenant = a or not (team = b))'],
  ]
  for (const [predicate, words] of cases) assert.equal(predicateWords(JSON.stringify(predicate)), words)
  assert.equal(predicateWords('not json'), 'not json')
})
