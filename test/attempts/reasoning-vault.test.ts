import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ReasoningVault } from '../../server/attempts/reasoning-vault.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import type { ChatRequest, Part } from '../../server/core/request.ts'

const state = (value: string) => ({ issuer: 'anthropic-messages' as const, value })

/** A reply that thinks, speaks and calls these tools, signed with `signature`. */
function turn(ids: readonly string[], signature: string): ChatEvent[] {
  return [
    { type: 'part-start', choice: 0, part: 0, kind: 'reasoning' },
    { type: 'part-delta', choice: 0, part: 0, text: 'hm', state: state(signature) },
    { type: 'part-start', choice: 0, part: 1, kind: 'text' },
    { type: 'part-delta', choice: 0, part: 1, text: 'Wait.' },
    ...ids.flatMap((id, index): ChatEvent[] => [
      { type: 'part-start', choice: 0, part: index + 2, kind: 'tool-call', id, name: 'f' },
      { type: 'part-delta', choice: 0, part: index + 2, text: '{}' },
    ]),
    { type: 'finish', choice: 0, reason: 'tool-calls', raw: null },
  ]
}

function asked(parts: Part[]): ChatRequest {
  const messages = [{ role: 'assistant' as const, parts }]
  const nothing = { tools: [], sampling: {}, output: { type: 'text' as const }, extra: {} }
  return { dialect: 'openai-chat', model: 'm', messages, stream: false, streamUsage: false, ...nothing }
}

const call = (id: string): Part => ({ type: 'tool-call', id, name: 'f', arguments: '{}' })
const said: Part = { type: 'text', text: 'Wait.' }

function keep(
  vault: ReasoningVault,
  tenant: string,
  provider: string,
  ids: readonly string[],
  signature: string,
): void {
  const follower = vault.follow(tenant, provider)
  for (const event of turn(ids, signature)) follower.see(event)
}

function restored(vault: ReasoningVault, tenant: string, provider: string, parts: Part[]): Part[] {
  return vault.restore(tenant, provider, asked(parts)).messages[0]!.parts
}

describe('the vault of reasoning state', () => {
  it('puts thoughts back where they were, the client’s own text and arguments kept', () => {
    const vault = new ReasoningVault()
    keep(vault, 'acme', 'p', ['a', 'b'], 'S')
    const changed: Part = { type: 'tool-call', id: 'b', name: 'f', arguments: '{"own":1}' }
    assert.deepEqual(restored(vault, 'acme', 'p', [said, call('a'), changed]), [
      { type: 'reasoning', text: 'hm', state: state('S') },
      said,
      call('a'),
      changed,
    ])
    const another: Part = { type: 'text', text: 'Changed.' }
    assert.deepEqual(restored(vault, 'acme', 'p', [another, call('a')]), [
      { type: 'reasoning', text: 'hm', state: state('S') },
      another,
      call('a'),
    ])
  })

  it('never gives a tenant or a provider what is another’s, whatever they are called', () => {
    const name = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a', 'a"', '","', '\\', '["a"]', '\0', 'a,b'))
    fc.assert(
      fc.property(name, name, name, name, name, name, (tenant, provider, id, asker, askedProvider, askedId) => {
        const vault = new ReasoningVault()
        keep(vault, tenant, provider, [id], 'secret')
        const parts = restored(vault, asker, askedProvider, [said, call(askedId)])
        const own = tenant === asker && provider === askedProvider && id === askedId && id !== ''
        assert.equal(JSON.stringify(parts).includes('secret'), own)
      }),
      { numRuns: 2000, seed: 7 },
    )
  })

  it('forgets after its time', async () => {
    const vault = new ReasoningVault(20)
    keep(vault, 'acme', 'p', ['a'], 'S')
    await new Promise((resolve) => setTimeout(resolve, 40))
    assert.deepEqual(restored(vault, 'acme', 'p', [said, call('a')]), [said, call('a')])
  })

  it('makes room by forgetting the oldest', () => {
    const vault = new ReasoningVault(60_000, 2000)
    for (let index = 0; index < 50; index += 1) keep(vault, 'acme', 'p', [`call-${index}`], 'S'.repeat(100))
    const kept = Array.from(
      { length: 50 },
      (_, index) => restored(vault, 'acme', 'p', [said, call(`call-${index}`)]).length > 2,
    )
    assert.equal(kept[0], false)
    assert.equal(kept[49], true)
    assert.ok(kept.filter(Boolean).length < 10)
  })

  it('keeps nothing of a reply without state or without calls', () => {
    const vault = new ReasoningVault()
    const follower = vault.follow('acme', 'p')
    for (const event of turn(['a'], 'S'))
      follower.see(event.type === 'part-delta' ? { ...event, state: undefined as never } : event)
    assert.deepEqual(restored(vault, 'acme', 'p', [said, call('a')]), [said, call('a')])
  })
})
