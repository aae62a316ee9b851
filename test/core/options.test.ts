import assert from 'node:assert/strict'
import { it } from 'node:test'
import {
  choiceOption,
  countOption,
  membersOption,
  numberOption,
  optionalTexts,
  textOption,
  textsOption,
} from '../../server/core/options.ts'

const refuses = (read: () => unknown, name: string) =>
  assert.throws(read, { name: 'TypeError', message: new RegExp(`^\`${name}\` must be `) })

it('reads what is there, or what stands in for it', () => {
  const options = { texts: ['a'], text: 'b', count: 3, number: 0.5, choice: 'y', members: { a: 1 } }
  assert.deepEqual(textsOption(options, 'texts'), ['a'])
  assert.deepEqual([optionalTexts(options, 'texts'), optionalTexts(options, 'none')], [['a'], null])
  assert.deepEqual([textOption(options, 'text'), textOption(options, 'none', 'c')], ['b', 'c'])
  assert.deepEqual([countOption(options, 'count', 1, 3, 2), countOption(options, 'none', 1, 3, 2)], [3, 2])
  assert.deepEqual([numberOption(options, 'number', 0, 1, 1), numberOption(options, 'none', 0, 1, 1)], [0.5, 1])
  assert.deepEqual([choiceOption(options, 'choice', ['x', 'y']), choiceOption(options, 'none', ['x', 'y'])], ['y', 'x'])
  assert.deepEqual([membersOption(options, 'members'), membersOption(options, 'none')], [{ a: 1 }, {}])
})

it('says what anything else must be', () => {
  for (const value of ['a', [], [''], [1], null]) refuses(() => textsOption({ o: value }, 'o'), 'o')
  for (const value of ['', 1, []]) refuses(() => textOption({ o: value }, 'o'), 'o')
  refuses(() => textOption({}, 'o'), 'o')
  for (const value of [0, 4, 1.5, '2', Number.NaN]) refuses(() => countOption({ o: value }, 'o', 1, 3, 2), 'o')
  for (const value of [-1, 2, '0.5', Number.NaN]) refuses(() => numberOption({ o: value }, 'o', 0, 1, 1), 'o')
  for (const value of ['z', 1, []]) refuses(() => choiceOption({ o: value }, 'o', ['x', 'y']), 'o')
  for (const value of ['a', 1, []]) refuses(() => membersOption({ o: value }, 'o'), 'o')
})
