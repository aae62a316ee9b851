import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gemini } from '../../server/dialects/gemini/index.ts'
import { cut, recordings, recordingsMissing } from '../support/recordings.ts'
import { meaning, OPTIONS, plain, readAll, SIZES, writeAll } from './dialect-support.ts'
import { checkOrder } from './openai-support.ts'

const RECORDED = recordings('gemini')
const streams = RECORDED.filter(({ shape }) => shape === 'sse')
const wholes = RECORDED.filter(({ shape }) => shape === 'json')

describe('recorded Gemini traffic', { skip: recordingsMissing }, () => {
  for (const { name, request } of RECORDED)
    it(`carries the request ${name} there and back`, () => {
      const model = /models\/([^:]+):/.exec(request.path)![1]!
      const address = { model, stream: request.path.includes(':stream') }
      const read = gemini.readRequest(request.body, gemini.readHead(request.body, address))
      const { body, lost } = gemini.writeRequest(read, model, {})
      assert.deepEqual(lost, [])
      const again = gemini.readRequest(plain(body), gemini.readHead(plain(body), address))
      assert.deepEqual(again, read)
      const signatures = (json: unknown) => JSON.stringify(json).match(/(?<=ought_?[sS]ignature":")[^"]+/g)
      assert.deepEqual(signatures(body), signatures(request.body))
    })

  for (const { name, response } of streams) {
    const whole = readAll(gemini.eventReader(), response.body)

    it(`reads ${name} the same at every chunking`, () => {
      checkOrder(whole)
      for (const size of SIZES)
        assert.deepEqual(meaning(readAll(gemini.eventReader(), response.body, size)), meaning(whole))
    })

    it(`reads ${name} the same as one array`, () => {
      const chunks = response.body.split('\r\n\r\n').flatMap((frame) => (frame === '' ? [] : [frame.slice(6)]))
      assert.deepEqual(meaning(readAll(gemini.eventReader(), `[${chunks.join(',')}]`, 9)), meaning(whole))
      assert.deepEqual(meaning(gemini.readReply(chunks.map((chunk) => JSON.parse(chunk)))), meaning(whole))
    })

    it(`writes ${name} and reads it back, streamed and whole`, () => {
      assert.deepEqual(
        meaning(readAll(gemini.eventReader(), writeAll(gemini.eventWriter(OPTIONS), whole), 7)),
        meaning(whole),
      )
      assert.deepEqual(meaning(gemini.readReply(plain(gemini.writeReply(whole, OPTIONS).body))), meaning(whole))
    })

    it(`lets ${name} pass and follows it`, () => {
      for (const size of SIZES) {
        const tap = gemini.tap({ stripUsage: false })
        const out = cut(Buffer.from(response.body), size).flatMap((chunk) => tap.push(chunk) ?? [])
        const rest = tap.end()
        assert.equal(Buffer.concat([...out, ...(rest ? [rest] : [])]).toString(), response.body)
        const { finish } = meaning(whole).choices[0]!
        assert.deepEqual([tap.state.complete, tap.state.finishReason, tap.state.error], [true, finish, null])
        assert.deepEqual(tap.state.usage, meaning(whole).usage)
      }
    })
  }

  for (const { name, response } of wholes)
    it(`carries the reply ${name} there and back`, () => {
      const json = JSON.parse(response.body)
      const events = gemini.readReply(json)
      checkOrder(events)
      const { body, lost } = gemini.writeReply(events, OPTIONS)
      assert.deepEqual(lost, [])
      assert.deepEqual(meaning(gemini.readReply(plain(body))), meaning(events))
      const { usageMetadata, modelVersion, responseId } = json
      assert.deepEqual(
        { usageMetadata: body.usageMetadata, modelVersion: body.modelVersion, responseId: body.responseId },
        { usageMetadata, modelVersion, responseId },
      )
      assert.equal(gemini.tapReply(json).complete, true)
    })

  it('hears of a signature that comes alone at the end of a stream', () => {
    const { response } = streams.find(({ name }) => name.endsWith('function_tools_stream-1'))!
    const [part, ...others] = meaning(readAll(gemini.eventReader(), response.body)).choices[0]!.parts
    assert.deepEqual(others, [])
    assert.deepEqual(JSON.parse(part!.text), { city: 'Mexico City', country: 'Mexico' })
    assert.equal(part!.state?.issuer, 'gemini')
  })
})
