import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formBoundary, formTexts, setFormText } from '../../server/core/multipart.ts'

const audio = Buffer.from([0, 13, 10, 45, 45, 88, 13, 10, 255, 254])

function form(boundary: string, model = 'whisper'): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n`),
    Buffer.from('Content-Type: audio/wav\r\n\r\n'),
    audio,
    Buffer.from(`\r\n--${boundary}\r\nContent-Disposition: form-data; name="model"\r\n\r\n${model}\r\n`),
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="language"\r\n\r\nde\r\n--${boundary}--\r\n`),
  ])
}

describe('forms', () => {
  it('find their boundary in the content type', () => {
    assert.equal(formBoundary('multipart/form-data; boundary=abc'), 'abc')
    assert.equal(formBoundary('multipart/form-data; charset=utf-8; boundary="a b"'), 'a b')
    assert.equal(formBoundary('application/json'), null)
    assert.equal(formBoundary(undefined), null)
  })

  it('give their text fields, not their files', () => {
    assert.deepEqual(formTexts(form('X'), 'X'), { model: 'whisper', language: 'de' })
  })

  it('have one field changed and every other byte left alone', () => {
    const changed = setFormText(form('----b'), '----b', 'model', 'large-v3/turbo')
    assert.deepEqual(changed, form('----b', 'large-v3/turbo'))
    assert.ok(changed.includes(audio))
  })

  it('are told from what is none, cut anywhere', () => {
    const whole = form('X')
    for (let length = 0; length < whole.length - 4; length += 1)
      assert.doesNotThrow(() => formTexts(whole.subarray(0, length), 'X'))
    assert.equal(formTexts(Buffer.from('{"model":"x"}'), 'X'), null)
    assert.equal(formTexts(whole.subarray(0, 60), 'X'), null)
  })
})
