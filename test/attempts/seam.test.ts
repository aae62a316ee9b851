import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Seam } from '../../server/attempts/seam.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import { usageOf } from '../../server/core/usage.ts'

const START: ChatEvent = { type: 'reply-start', id: 'r', model: 'm', created: 1 }

const open = (part: number, kind: 'text' | 'reasoning' | 'tool-call'): ChatEvent => {
  return { type: 'part-start', choice: 0, part, kind }
}
const say = (part: number, text: string): ChatEvent => ({ type: 'part-delta', choice: 0, part, text })
const close = (part: number): ChatEvent => ({ type: 'part-end', choice: 0, part })
const finish: ChatEvent = { type: 'finish', choice: 0, reason: 'stop', raw: 'stop' }

/** A text as deltas, cut at these places. */
function pieces(part: number, text: string, cuts: readonly number[]): ChatEvent[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((one, other) => one - other)
  return [0, ...places].map((from, index) => say(part, text.slice(from, places[index] ?? text.length)))
}

function textOf(events: readonly ChatEvent[], kind = 'text'): string {
  const kinds = new Map(events.flatMap((event) => (event.type === 'part-start' ? [[event.part, event.kind]] : [])))
  return events
    .flatMap((event) => (event.type === 'part-delta' && kinds.get(event.part) === kind ? event.text : []))
    .join('')
}

/** Parts are opened in order, one at a time, and nothing is said in a part that is not open. */
function assertInOrder(events: readonly ChatEvent[]): void {
  let under: number | null = null
  let next = 0
  for (const event of events) {
    if (event.type === 'part-start') {
      assert.equal(under, null, 'a part is opened inside another')
      assert.equal(event.part, next++)
      under = event.part
    } else if (event.type === 'part-delta') assert.equal(event.part, under, 'a delta outside its part')
    else if (event.type === 'part-end') {
      assert.equal(event.part, under)
      under = null
    } else if (event.type === 'finish') assert.equal(under, null, 'a part is open at the end')
  }
}

function run(first: readonly ChatEvent[], second: readonly ChatEvent[]): { seam: Seam; events: ChatEvent[] } {
  const seam = new Seam()
  const events = first.flatMap((event) => seam.see(event))
  seam.begin()
  return { seam, events: [...events, ...second.flatMap((event) => seam.join(event))] }
}

const cuts = fc.array(fc.nat(500), { maxLength: 12 })

test('a reply made of two streams reads as one, wherever the first broke and however the second is cut', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.nat(), cuts, cuts, (text, place, one, other) => {
      const at = place % (text.length + 1)
      const { events } = run(
        [START, open(0, 'text'), ...pieces(0, text.slice(0, at), one)],
        [START, open(0, 'text'), ...pieces(0, text.slice(at), other), close(0), finish],
      )
      assertInOrder(events)
      // A text that happens to repeat eight characters across the joint is taken for a repetition.
      fc.pre(!repeats(text.slice(0, at), text.slice(at)))
      assert.equal(textOf(events), text)
    }),
    { numRuns: 500 },
  )
})

test('what a model repeats of the end of the first stream is not shown twice', () => {
  const letters = fc.string({
    minLength: 60,
    maxLength: 300,
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz ,.'),
  })
  fc.assert(
    fc.property(letters, fc.integer({ min: 8, max: 60 }), letters, cuts, (before, length, rest, chunks) => {
      const repeated = before.slice(-length)
      fc.pre(!repeats(before, repeated.slice(1) + rest) && !repeats(before, rest))
      const { events, seam } = run(
        [START, open(0, 'text'), say(0, before)],
        [START, open(0, 'text'), ...pieces(0, repeated + rest, chunks), close(0), finish],
      )
      assertInOrder(events)
      assert.equal(textOf(events), before + rest)
      assert.equal(seam.text, before + rest)
    }),
    { numRuns: 300 },
  )
})

/** True when the end of one text of at least eight characters begins the other. */
function repeats(before: string, next: string): boolean {
  for (let length = 8; length <= Math.min(before.length, next.length); length += 1)
    if (before.endsWith(next.slice(0, length))) return true
  return false
}

test('thoughts of the second stream are left out, and an open thought of the first is closed', () => {
  const { events } = run(
    [START, open(0, 'reasoning'), say(0, 'hm')],
    [START, open(0, 'reasoning'), say(0, 'again'), close(0), open(1, 'text'), say(1, 'Yes.'), close(1), finish],
  )
  assertInOrder(events)
  assert.equal(textOf(events, 'reasoning'), 'hm')
  assert.equal(textOf(events), 'Yes.')
})

test('the second stream may call a tool; after that nothing is taken up again', () => {
  const { events, seam } = run(
    [START, open(0, 'text'), say(0, 'Let me look')],
    [START, open(0, 'text'), say(0, ' it up.'), close(0), open(1, 'tool-call'), say(1, '{}')],
  )
  assertInOrder(events)
  assert.equal(textOf(events), 'Let me look it up.')
  assert.equal(textOf(events, 'tool-call'), '{}')
  assert.equal(seam.open, false)
})

for (const [what, events] of [
  ['a tool has been called', [START, open(0, 'tool-call')]],
  ['there is a second choice', [START, { ...open(0, 'text'), choice: 1 } as ChatEvent]],
  ['it is at its end', [START, finish]],
] as const) {
  test(`a reply cannot be taken up when ${what}`, () => {
    const seam = new Seam()
    for (const event of events) seam.see(event)
    assert.equal(seam.open, false)
  })
}

test('usage covers what the broken stream said, and says that it is an estimate', () => {
  const usage = usageOf({ input: 10, output: 5 }, null)
  const { events } = run(
    [START, open(0, 'text'), say(0, 'one two three four')],
    [START, open(0, 'text'), say(0, ' five'), close(0), finish, { type: 'usage', usage }],
  )
  const last = events.at(-1)!
  assert.equal(last.type, 'usage')
  assert.deepEqual(last.type === 'usage' && { ...last.usage, raw: null }, {
    ...usage,
    raw: null,
    output: 9,
    estimated: true,
  })
})

test('a reply without end is not held: it goes on to the client, and is not taken up', () => {
  const seam = new Seam()
  seam.see(START)
  seam.see(open(0, 'text'))
  const piece = 'word '.repeat(2000)
  for (let index = 0; index < 100; index += 1) seam.see(say(0, piece))
  assert.deepEqual([seam.open, seam.text.length], [true, 1_000_000])
  assert.deepEqual(seam.see(say(0, piece)), [say(0, piece)])
  assert.deepEqual([seam.open, seam.text.length], [false, 0])
})
