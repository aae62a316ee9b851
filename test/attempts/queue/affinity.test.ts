import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { bench, names, seen, type Ticket } from './bench.ts'

/** How often each request saw one that came later, of its tenant, go first. */
function overtaken(begun: readonly Ticket[]): Map<Ticket, number> {
  const counts = new Map<Ticket, number>()
  for (const [place, ticket] of begun.entries()) {
    const rivals = begun.slice(0, place).filter(({ ask }) => ask.tenant === ticket.ask.tenant)
    counts.set(ticket, rivals.filter(({ name }) => Number(name) > Number(ticket.name)).length)
  }
  return counts
}

const swaps = (begun: readonly Ticket[]) =>
  begun.filter(({ ask }, index) => index > 0 && ask.model !== begun[index - 1]!.ask.model).length

type Bench = ReturnType<typeof bench>

/** The oldest call ends, which gives somebody its slot. */
async function turn({ clock, begun }: Bench, ms = 1000): Promise<void> {
  clock.advance(ms)
  begun.find((ticket) => ticket.runs)?.release()
  await seen()
}

describe('requests for the model that is loaded', () => {
  it('go first, until those before them have been overtaken as often as they may be', async () => {
    const { enter, drain } = bench({ affinity: 3 })
    enter({ model: 'a' })
    for (const name of ['b1', 'b2', 'a1', 'a2', 'a3', 'a4', 'a5', 'b3']) enter({ model: name[0]! }, name)
    assert.equal(await drain(), 'a1 a2 a3 b1 b2 b3 a4 a5')
  })

  it('go in the order of arrival where affinity is off', async () => {
    const { enter, drain } = bench({ affinity: 0 })
    enter({ model: 'a' })
    for (const name of ['b1', 'a1', 'b2', 'a2']) enter({ model: name[0]! }, name)
    assert.equal(await drain(), 'b1 a1 b2 a2')
  })

  it('do not go before higher classes', async () => {
    const { enter, drain } = bench({ affinity: 9 })
    enter({ model: 'a' })
    enter({ model: 'a' }, 'a-normal')
    enter({ model: 'b', priority: 'high' }, 'b-high')
    enter({ model: 'b' }, 'b-normal')
    assert.equal(await drain(), 'b-high b-normal a-normal')
  })

  it('spare a one-GPU box most of its loading', async () => {
    const swapsWith = async (affinity: number) => {
      const made = bench({ affinity })
      made.enter({ model: 'a' })
      for (let n = 0; n < 200; n += 1) made.enter({ model: n % 2 === 0 ? 'b' : 'a', tenant: `t${n % 3}` })
      await made.drain()
      return swaps(made.begun)
    }
    assert.ok((await swapsWith(0)) > 90)
    assert.ok((await swapsWith(8)) < 30)
  })

  it('never overtake anybody more often than `affinity` says', async () => {
    const arrivals = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(2)), {
      minLength: 1,
      maxLength: 80,
      size: 'max',
    })
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.integer({ min: 1, max: 3 }), arrivals, async (affinity, limit, arrivals) => {
        const made = bench({ affinity, maxConcurrency: limit })
        for (const [model, turns] of arrivals) {
          made.enter({ model })
          for (let n = 0; n < turns; n += 1) await turn(made)
        }
        await made.drain()
        for (const [ticket, times] of overtaken(made.begun))
          assert.ok(times <= affinity, `${ticket.name} ${times} times in ${names(made.begun)}`)
      }),
      { seed: 21, numRuns: 400 },
    )
  })

  it('never overtake one of another tenant more often, nor their own, where tenants take turns', async () => {
    const models = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 20, maxLength: 40, size: 'max' })
    await fc.assert(
      fc.asyncProperty(fc.nat(5), models, models, async (affinity, first, second) => {
        const made = bench({ affinity })
        made.enter({ model: 'a', tenant: 'none' })
        for (const model of first) made.enter({ model, tenant: 'one' })
        for (const model of second) made.enter({ model, tenant: 'two' })
        await made.drain()
        for (const [ticket, times] of overtaken(made.begun)) assert.ok(times <= affinity, `${ticket.name}: ${times}`)
        // By turns, neither tenant is ever more calls ahead than affinity allows, and the one of whose turn it is.
        const both = Math.min(first.length, second.length)
        let lead = 0
        for (const { ask } of made.begun.slice(1, both + 1)) {
          lead += ask.tenant === 'one' ? 1 : -1
          assert.ok(Math.abs(lead) <= affinity + 1, names(made.begun))
        }
      }),
      { seed: 22, numRuns: 300 },
    )
  })

  it('say which one it is', async () => {
    const { enter, queue } = bench({ affinity: 2 })
    assert.equal(queue.status.loadedModel, null)
    const first = enter({ model: 'a' })
    enter({ model: 'b' })
    assert.equal(queue.status.loadedModel, 'a')
    first.release()
    assert.equal(queue.status.loadedModel, 'b')
  })
})
