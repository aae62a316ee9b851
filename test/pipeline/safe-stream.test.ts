import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AttemptContext } from '../../server/attempts/context.ts'
import type { Reply, SafeStream } from '../../server/core/reply.ts'
import { guardReply } from '../../server/pipeline/guarding/guard-reply.ts'
import type { sendReply } from '../../server/pipeline/reply.ts'

type Sendable = Parameters<typeof sendReply>[2]

describe('a reply that no guardrail has seen', () => {
  it('cannot be sent: the types refuse it', async () => {
    const reply: Reply = { kind: 'whole', contentType: 'application/json', headers: {}, body: Buffer.from('{}') }
    // @ts-expect-error: `npm run check` fails here as soon as an unguarded reply may be sent.
    const unguarded: Sendable = reply
    const guarded: Sendable = (await guardReply(reply, {} as AttemptContext, null)) satisfies SafeStream
    assert.equal(guarded.kind, unguarded.kind)
  })
})
