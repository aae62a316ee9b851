import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sticky, Target } from '../../server/core/policy.ts'
import { priority } from '../../server/strategies/priority.ts'
import { weighted } from '../../server/strategies/weighted.ts'
import { names, questionOf, targetsOf, type Who } from './question.ts'

/** The draws depend on fixed names alone: they are the same in every run, so that no bound can fail by chance. */
const DRAWS = 20_000
const SOME = 5000

function bySession(targets: readonly Target[], tenant = 'acme', draws = DRAWS): string[] {
  return Array.from({ length: draws }, (_, index) => {
    const who = { tenant, session: `task-${index}` }
    return names(weighted.order(questionOf(targets, { who })))
  })
}

/** Pearson's statistic of what was drawn against what the weights ask for. */
function chiSquare(drawn: readonly string[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.reduce((sum, weight, index) => {
    const expected = (drawn.length * weight) / total
    const counted = drawn.filter((name) => name === String.fromCharCode(97 + index)).length
    return sum + (counted - expected) ** 2 / expected
  }, 0)
}

/** Passed by chance alone in one of a thousand cases, by degrees of freedom. */
const LIMITS: Readonly<Record<number, number>> = { 1: 10.83, 2: 13.82, 3: 16.27 }

test('shares of sessions follow the weights', () => {
  for (const weights of [
    [3, 1],
    [1, 2, 3, 4],
    [0.9, 0.05, 0.05],
  ]) {
    const first = bySession(targetsOf(...weights)).map((order) => order[0]!)
    const statistic = chiSquare(first, weights)
    assert.ok(statistic < LIMITS[weights.length - 1]!, `${weights.join(':')} gives ${statistic}`)
  }
})

test('requests without a session are shared by weight too', () => {
  const first = Array.from({ length: SOME }, (_, index) => {
    return names(weighted.order(questionOf(targetsOf(3, 1), { id: `req_${index}` })))[0]!
  })
  assert.ok(chiSquare(first, [3, 1]) < LIMITS[1]!)
})

test('when the first target fails, its share goes to the others by their weights', () => {
  const second = bySession(targetsOf(4, 3, 2, 1), 'acme', SOME)
    .filter((order) => order[0] === 'a')
    .map((order) => String.fromCharCode(order.charCodeAt(1) - 1))
  assert.ok(chiSquare(second, [3, 2, 1]) < LIMITS[2]!)
})

test('a greater weight draws sessions to its target and moves none between the others', () => {
  const before = bySession(targetsOf(1, 1, 1, 1), 'acme', SOME)
  const after = bySession(targetsOf(2, 1, 1, 1), 'acme', SOME)
  const moved = after.filter((order, index) => order[0] !== before[index]![0])
  for (const order of moved) assert.equal(order[0], 'a')
  // From a quarter to two fifths: 15 % of the sessions must move, and no more.
  assert.ok(Math.abs(moved.length / SOME - 0.15) < 0.02, String(moved.length))
  for (const [index, order] of after.entries())
    assert.equal(order.replace('a', ''), before[index]!.replace('a', ''), `session ${index}`)
})

test('a target that is taken away moves its own sessions only', () => {
  const all = bySession(targetsOf(1, 2, 3), 'acme', SOME)
  const rest = bySession(targetsOf(1, 2), 'acme', SOME)
  for (const [index, order] of all.entries()) assert.equal(rest[index], order.replace('c', ''))
})

test('the order in which the file lists targets decides nothing', () => {
  const targets = targetsOf(1, 2, 3)
  const turned = bySession(targets.toReversed(), 'acme', 1000)
  assert.deepEqual(turned, bySession(targets, 'acme', 1000))
})

test('tenants with sessions of the same name do not share their fate', () => {
  const [one, two] = ['acme', 'globex'].map((tenant) => bySession(targetsOf(1, 1), tenant, 1000))
  const same = one!.filter((order, index) => order === two![index]).length
  assert.ok(same > 400 && same < 600, String(same))
})

test('targets of weight 0 come last, in the order of the file', () => {
  for (const order of bySession(targetsOf(0, 1, 0, 5, 0), 'acme', 2000)) {
    assert.deepEqual([...order.slice(0, 2)].sort(), ['b', 'd'])
    assert.equal(order.slice(2), 'ace')
  }
})

/** How many different orders so many requests of one caller get. */
function orders(sticky: Sticky, who: Who): number {
  const targets = targetsOf(1, 1, 1, 1)
  const seen = Array.from({ length: 60 }, (_, index) => {
    return names(weighted.order(questionOf(targets, { id: `req_${index}`, sticky, who })))
  })
  return new Set(seen).size
}

test('what keeps a caller in place is what the route says, and the session where it says nothing else', () => {
  const both = { tenant: 'acme', session: 'task', user: 'ann' }
  const onlyUser = { tenant: 'acme', user: 'ann' }
  const nobody = { tenant: 'acme' }
  const kept = (sticky: Sticky) => [both, onlyUser, nobody].map((who) => orders(sticky, who) === 1)
  assert.deepEqual(kept('session'), [true, true, false])
  assert.deepEqual(kept('user'), [true, true, false])
  assert.deepEqual(kept('tenant'), [true, true, true])
  assert.deepEqual(kept('none'), [false, false, false])
})

test('under `user` sessions do not part a user, under `session` they do', () => {
  const targets = targetsOf(1, 1, 1, 1)
  const seen = (sticky: Sticky) => {
    const who = (index: number) => ({ tenant: 'acme', session: `task-${index}`, user: 'ann' })
    return new Set(
      Array.from({ length: 40 }, (_, index) => names(weighted.order(questionOf(targets, { sticky, who: who(index) })))),
    ).size
  }
  assert.equal(seen('user'), 1)
  assert.ok(seen('session') > 5)
})

test('the reasons tell the weight and what keeps the caller', () => {
  const why = (sticky: Sticky, who: Who) =>
    weighted.order(questionOf(targetsOf(3, 0, 1), { sticky, who })).map((ranked) => ranked.why)
  const session = why('session', { tenant: 'acme', session: 'task' })
  assert.deepEqual([...session].sort(), [
    'weight 0: a fallback only',
    'weight 1 of 4, sticky by session',
    'weight 3 of 4, sticky by session',
  ])
  assert.equal(session[2], 'weight 0: a fallback only')
  assert.match(why('user', { tenant: 'acme', user: 'ann' })[0]!, /, sticky by user$/)
  assert.match(why('tenant', { tenant: 'acme' })[0]!, /, sticky by tenant$/)
  assert.match(why('none', { tenant: 'acme', session: 'task' })[0]!, /, drawn for this request$/)
})

test('priority keeps to the order of the file, whatever the weights, and says which place each has', () => {
  const ranked = priority.order(questionOf(targetsOf(0, 9, 1)))
  assert.equal(names(ranked), 'abc')
  assert.deepEqual(
    ranked.map(({ why }) => why),
    ['1st of the list', '2nd of the list', '3rd of the list'],
  )
  const many = priority.order(questionOf(targetsOf(...Array.from({ length: 23 }, () => 1)))).map(({ why }) => why)
  assert.deepEqual(
    [4, 11, 12, 13, 21, 22, 23].map((place) => many[place - 1]!.split(' ')[0]),
    ['4th', '11th', '12th', '13th', '21st', '22nd', '23rd'],
  )
})
