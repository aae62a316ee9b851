import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { GuardServices } from '../../server/core/guardrail.ts'
import { contextWith, inspect, make } from './support.ts'

describe('topic', () => {
  /** Two directions: bread and bombs. */
  const VECTORS: Readonly<Record<string, readonly [number, number]>> = {
    flour: [1, 0],
    bomb: [0, 1],
    dough: [0.8, 0.6],
    boom: [0.6, 0.8],
    minus: [-1, 0],
  }
  const asked: (readonly string[])[] = []
  const embed: GuardServices['embed'] = async (texts) => {
    asked.push(texts)
    return texts.map((text) => Float32Array.from(VECTORS[text]!))
  }
  const score = async (options: Readonly<Record<string, unknown>>, text: string) => {
    const { score, category } = await inspect(make('topic', options), text, { context: contextWith({ embed }) })
    return [Math.round(score * 1000) / 1000, category]
  }

  it('scores likeness to what is denied, and unlikeness to what is allowed; the larger counts', async () => {
    const [allowed, denied] = [{ bread: ['flour'] }, { weapons: ['bomb'] }]
    assert.deepEqual(await score({ denied }, 'boom'), [0.8, 'weapons'])
    assert.deepEqual(await score({ denied }, 'flour'), [0, 'weapons'])
    assert.deepEqual(await score({ allowed }, 'dough'), [0.2, 'off-topic'])
    assert.deepEqual(await score({ allowed }, 'minus'), [1, 'off-topic'])
    assert.deepEqual(await score({ allowed, denied }, 'dough'), [0.6, 'weapons'])
    assert.deepEqual(await score({ allowed: { bread: ['flour'], other: ['dough'] } }, 'boom'), [0.04, 'off-topic'])
  })

  it('asks for its examples once, and again only if that failed', async () => {
    const guardrail = make('topic', { denied: { weapons: ['bomb'] } })
    const failing = contextWith({ embed: async () => Promise.reject(new Error('down')) })
    await assert.rejects(inspect(guardrail, 'flour', { context: failing }) as Promise<unknown>, /down/)
    asked.length = 0
    for (const text of ['flour', 'dough']) await inspect(guardrail, text, { context: contextWith({ embed }) })
    assert.deepEqual(asked, [['flour', 'bomb'], ['dough']])
  })

  it('fails where the embedder answers with nonsense', async () => {
    for (const vectors of [[], [Float32Array.of(1)], [Float32Array.of(1), Float32Array.of(1, 0)]]) {
      const context = contextWith({ embed: async () => vectors })
      await assert.rejects(
        inspect(make('topic', { denied: { a: ['bomb'] } }), 'x', { context }),
        /the embedder answered/,
      )
    }
  })
})

describe('judge', () => {
  const answering = (answer: string, asked: unknown[] = []) =>
    contextWith({
      ask: async (route, messages) => {
        asked.push([route, messages])
        return answer
      },
    })
  const options = { route: 'judges', policy: 'Tax evasion, or advice on how to do it.' }
  const ask = (answer: string, text = 'Hello') => inspect(make('judge', options), text, { context: answering(answer) })

  it('takes the verdict for what it says', async () => {
    const cases: readonly [answer: string, score: number, category: string][] = [
      ['{"violation":true,"category":"Tax evasion","confidence":0.9}', 0.9, 'Tax evasion'],
      ['{"violation":false,"category":"","confidence":1}', 0, 'policy'],
      ['```json\n{"violation":true,"category":"words of the text","confidence":1}\n```', 1, 'policy'],
    ]
    for (const [answer, score, category] of cases) {
      const inspection = await ask(answer)
      assert.deepEqual([inspection.score, inspection.category], [score, category])
    }
  })

  it('fails on anything else', async () => {
    for (const answer of [
      '',
      'No violation.',
      '{}',
      '[]',
      'null',
      '{"violation":"no","category":"","confidence":1}',
      '{"violation":false,"category":"","confidence":2}',
      '{"violation":false,"category":"","confidence":1} as asked',
    ])
      await assert.rejects(ask(answer), /the judge did not answer with a verdict/, answer)
  })

  it('fences the text in by a name that it cannot know, and shortens it', async () => {
    const asked: unknown[] = []
    const context = answering('{"violation":false,"category":"","confidence":1}', asked)
    const guardrail = make('judge', { ...options, max_characters: 100 })
    await inspect(guardrail, `begin${'x'.repeat(500)}end`, { context })
    const [route, [system, user]] = asked[0] as [string, [{ content: string }, { content: string }]]
    assert.equal(route, 'judges')
    const fence = /^<(text-[0-9a-f-]{36})>\nbegin/.exec(user.content)?.[1]
    assert.ok(fence !== undefined && system.content.includes(fence) && user.content.endsWith(`end\n</${fence}>`))
    assert.ok(system.content.includes(options.policy) && !system.content.includes('begin'))
    assert.ok(user.content.length < 300)
  })

  it('keeps verdicts, but no failures', async () => {
    const guardrail = make('judge', options)
    await assert.rejects(inspect(guardrail, 'one', { context: answering('?') }) as Promise<unknown>)
    const asked: unknown[] = []
    const context = answering('{"violation":false,"category":"","confidence":1}', asked)
    for (const text of ['one', 'two', 'one', 'two']) await inspect(guardrail, text, { context })
    assert.equal(asked.length, 2)
  })
})

describe('http', () => {
  const url = 'http://127.0.0.1:9/check'
  const options = { url, headers: { authorization: 'Bearer x' } }
  const answering = (answer: unknown, posted: unknown[] = []) =>
    contextWith({
      post: async (...all) => {
        posted.push(all.slice(0, 3))
        return answer
      },
    })
  const post = (answer: unknown) => inspect(make('http', options), 'Hello there', { context: answering(answer) })

  it('posts what the service needs to know', async () => {
    const posted: unknown[] = []
    await inspect(make('http', options), 'Hello', { context: answering({ blocked: false }, posted) })
    const body = { stage: 'post', origin: 'reply', route: 'support', tenant: 'acme', text: 'Hello' }
    assert.deepEqual(posted, [[url, options.headers, body]])
  })

  it('takes a score, a word, or matches', async () => {
    assert.equal((await post({ blocked: true })).score, 1)
    assert.equal((await post({ blocked: false })).score, 0)
    const scored = await post({ score: 0.3, category: 'odd', reason: 'Because.' })
    assert.deepEqual(scored, { score: 0.3, category: 'odd', matches: [], reason: 'Because.' })
    const matches = [
      { start: 6, end: 11, category: 'B', score: 0.5 },
      { start: 0, end: 5, category: 'A' },
    ]
    const { score, category, matches: kept } = await post({ score: 0.2, matches })
    assert.deepEqual([score, category, kept.map(({ start }) => start)], [1, 'A', [0, 6]])
  })

  it('fails on nonsense', async () => {
    for (const answer of [
      null,
      'ok',
      {},
      { score: 2 },
      { score: '1' },
      { blocked: 'yes' },
      { score: 1, category: 7 },
      { score: 1, matches: {} },
      { score: 1, matches: [{ start: 0, end: 99 }] },
      { score: 1, matches: [{ start: 3, end: 3 }] },
      { score: 1, matches: [{ start: 0.5, end: 2 }] },
      { score: 1, reason: [] },
    ])
      await assert.rejects(post(answer), /answered nonsense/, JSON.stringify(answer))
  })
})
