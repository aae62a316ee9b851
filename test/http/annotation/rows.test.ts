import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placedSpans } from '../../../server/http/admin/annotation-rows.ts'

test('places are those of the text that is kept, up to what was taken out of it', () => {
  const spans: [number, number][] = [
    [0, 4],
    [10, 14],
    [30, 34],
  ]
  const told = (text: string | undefined) => placedSpans(text, spans).length
  assert.equal(told('Nothing was taken out of this, it is whole.'), 3)
  assert.equal(told('Write to me, please, at [EMAIL], or do not.'), 2)
  assert.equal(told('The key is [redacted], as everyone knows here.'), 1)
  assert.equal(told('Ask about <REPLY_PHONE_1> and wait for what comes.'), 1)
  assert.equal(told('[removed by rivals] is what they say of it here.'), 0)
  assert.equal(told('<EMAIL:0123456789ab> is what they say of it here.'), 0)
  assert.equal(told('Too short.'), 1)
  assert.equal(told(undefined), 0)
})
