import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { AuditPage, GuardLabelPage, GuardTestResult, VerdictPage } from '../../server/http/admin/schemas.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits, readAdmin, sendAdmin } from './admin.ts'

const CONFIG = `version: 1
guardrails:
  - { use: pii, action: redact }
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    guardrails:
      - { use: keywords, name: rivals, words: [initech, hooli], stage: context, threshold: 0.7 }
      - { use: http, name: own, url: 'http://127.0.0.1:9/', stage: post, mode: monitor }
  facts: { targets: [{ provider: sandbox, model: echo }] }
`

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(CONFIG)
})
after(() => gateway.stop())

describe('trying a text', () => {
  const TEXT = 'Ask Hooli, or write to ann@example.com.'
  const tried = async (body: object): Promise<GuardTestResult['data']> => {
    const reply = await sendAdmin(gateway, 'POST', 'guardrails/test', { text: TEXT, ...body })
    const json = await reply.json()
    assert.equal(reply.status, 200, JSON.stringify(json))
    assertFits(GuardTestResult, json, 'test')
    return (json as GuardTestResult).data
  }

  test('a route’s rules say what they would do, and where', async () => {
    const rows = await tried({ route: 'support', origin: 'third-party' })
    assert.deepEqual(
      rows.map(({ guardrail, verdict, matches }) => [
        guardrail,
        verdict,
        matches.map(({ start, end }) => TEXT.slice(start, end)),
      ]),
      [
        ['pii', 'redact', ['ann@example.com']],
        ['rivals', 'block', ['Hooli']],
      ],
    )
    assert.equal(rows[0]!.redacted, 'Ask Hooli, or write to <EMAIL_1>.')
    assert.equal(rows[1]!.redacted, null)
    assert.deepEqual(
      (await tried({ route: 'support', origin: 'user' })).map(({ guardrail }) => guardrail),
      ['pii'],
      'what a user says is no third-party text',
    )
    assert.deepEqual(
      (await tried({ route: 'support', rule: 'rivals' })).map(({ verdict }) => verdict),
      ['block'],
    )
  })

  test('a kind is tried by itself with options, and what cannot tell says so', async () => {
    const [row] = await tried({ kind: 'keywords', options: { words: ['ann'] } })
    assert.deepEqual([row!.verdict, row!.matches.length, row!.threshold], ['block', 1, 0.5])
    const [own] = await tried({ route: 'support', rule: 'own' })
    assert.deepEqual([own!.verdict, own!.mode], ['error', 'monitor'])
  })

  test('nonsense is refused in words', async () => {
    const refusals: readonly [object, number, RegExp][] = [
      [{}, 400, /what to try/],
      [{ route: 'nowhere' }, 404, /no route "nowhere"/],
      [{ route: 'support', rule: 'nothing' }, 404, /no guardrail "nothing"/],
      [{ route: 'support', kind: 'pii' }, 400, /as they are/],
      [{ kind: 'nothing' }, 404, /kind "nothing"/],
      [{ kind: 'keywords' }, 400, /keywords cannot be made/],
      [{ kind: 'pii', text: '' }, 400, /text/],
      [{ kind: 'pii', text: 'x'.repeat(256 * 1024 + 1) }, 400, /text/],
    ]
    for (const [body, status, words] of refusals) {
      const reply = await sendAdmin(gateway, 'POST', 'guardrails/test', { text: TEXT, ...body })
      assert.equal(reply.status, status, JSON.stringify(body).slice(0, 80))
      assert.match(((await reply.json()) as { error: { message: string } }).error.message, words)
    }
  })

  test('nothing of it is kept', async () => {
    const { data } = await readAdmin(gateway, 'guardrails/verdicts?passes=true', VerdictPage)
    assert.doesNotMatch(JSON.stringify(data), /Hooli/)
  })
})

describe('the labelled set', () => {
  const LONG = `${'Opening hours are from nine to five. '.repeat(60)}Ask Hooli, or ann@example.com.${' Bring a coat.'.repeat(60)}`
  const labelled = (body: object) => sendAdmin(gateway, 'POST', 'guardrails/labels', body)

  test('of a text that was labelled a redacted excerpt is kept, with its score', async () => {
    const body = { text: LONG, route: 'support', rule: 'rivals', origin: 'third-party', label: 'benign' }
    const reply = await labelled(body)
    assert.equal(reply.status, 200)
    const { data } = await readAdmin(gateway, 'guardrails/labels?label=benign', GuardLabelPage)
    const [label] = data
    assert.deepEqual(
      [label!.guardrail, label!.kind, label!.stage, label!.origin, label!.score, label!.verdict],
      ['rivals', 'keywords', 'context', 'third-party', 1, null],
    )
    assert.ok(label!.excerpt!.length <= 300)
    assert.match(label!.excerpt!, /Ask /)
    assert.doesNotMatch(label!.excerpt!, /ann@example/)
  })

  test('it comes as a file, a line each, and labels are taken back', async () => {
    const all = await readAdmin(gateway, 'guardrails/labels', GuardLabelPage)
    const reply = await askAdmin(gateway, 'guardrails/labels.jsonl')
    assert.match(reply.headers.get('content-disposition')!, /attachment/)
    const lines = (await reply.text()).trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      all.data,
    )
    const gone = all.data[0]!.id
    assert.equal((await askAdmin(gateway, `guardrails/labels/${gone}`, { method: 'DELETE' })).status, 204)
    assert.equal((await askAdmin(gateway, `guardrails/labels/${gone}`, { method: 'DELETE' })).status, 404)
    const left = await readAdmin(gateway, 'guardrails/labels', GuardLabelPage)
    assert.equal(left.data.length, all.data.length - 1)
    const audit = await readAdmin(gateway, 'audit?limit=2', AuditPage)
    assert.deepEqual(
      audit.data.map(({ action }) => action),
      ['guard-label-remove', 'guard-label'],
    )
  })

  test('what cannot be labelled is refused', async () => {
    assert.equal((await labelled({ verdict: 999_999, label: 'right' })).status, 404)
    assert.equal((await labelled({ verdict: 1, label: 'maybe' })).status, 400)
    const mute = await labelled({ text: 'x', route: 'support', rule: 'own', label: 'missed' })
    assert.equal(mute.status, 400)
    assert.match(await mute.text(), /No guardrail could tell/)
  })
})
