import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategies } from '../../server/strategies/index.ts'
import { exchangeOf, names, targetsOf } from '../strategies/exchange.ts'

/** What every strategy must keep to. A new one is picked up from the index. */

const LISTS = [
  [1],
  [1, 1],
  [0, 1],
  [0, 0, 5],
  [1e6, 1e-6, 1],
  [3, 1, 0, 7, 2, 0, 1],
  Array.from({ length: 50 }, () => 1),
]
const CALLERS = [
  null,
  { tenant: 'acme', session: null },
  { tenant: 'acme', session: 'task' },
  { tenant: '', session: '\0' },
]

test('there are strategies to hold to the contract', () => {
  assert.ok(strategies.size >= 2)
})

for (const [id, strategy] of strategies) {
  test(`${id} goes by its name`, () => {
    assert.equal(strategy.id, id)
  })

  test(`${id} orders every target once, itself and not a copy, and leaves the list alone`, () => {
    for (const weights of LISTS)
      for (const who of CALLERS) {
        const targets = targetsOf(...weights)
        const before = structuredClone(targets)
        const ordered = strategy.order(targets, exchangeOf('req_1', who))
        assert.equal(ordered.length, targets.length)
        assert.deepEqual(new Set(ordered), new Set(targets))
        assert.deepEqual(targets, before)
      }
  })

  test(`${id} gives the same session of the same tenant the same order, whatever the request`, () => {
    const targets = targetsOf(1, 2, 3, 4)
    for (let session = 0; session < 200; session += 1) {
      const who = { tenant: 'acme', session: `task-${session}` }
      const first = names(strategy.order(targets, exchangeOf('req_1', who)))
      for (const request of ['req_1', 'req_2', 'req_3'])
        assert.equal(names(strategy.order(targets, exchangeOf(request, who))), first)
    }
  })

  test(`${id} orders the same request the same way each time it is asked`, () => {
    const targets = targetsOf(1, 1, 1)
    for (let request = 0; request < 200; request += 1) {
      const exchange = exchangeOf(`req_${request}`, null)
      assert.equal(names(strategy.order(targets, exchange)), names(strategy.order(targets, exchange)))
    }
  })

  test(`${id} does not change the exchange`, () => {
    const exchange = exchangeOf('req_1', { tenant: 'acme', session: 'task' })
    const before = structuredClone(exchange)
    strategy.order(targetsOf(1, 2, 3), exchange)
    assert.deepEqual(structuredClone(exchange), before)
  })
}
