import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answersAgree } from '../../server/cache/agreement.ts'
import type { Agreement } from '../../server/core/cache.ts'
import { Random } from '../cache-eval/random.ts'

const EXAMPLES: Readonly<Record<Agreement, readonly (readonly [string, string])[]>> = {
  same: [
    ['Paris', 'paris.'],
    ['Yes', 'Yes, you can.'],
    ['It takes 30 days.', 'It takes thirty days'],
    ['You have 30 days to return it.', 'You have 30 days to return the item.'],
    ['The price is $1,000.', 'The price is 1000 dollars.'],
  ],
  different: [
    ['Yes', 'No'],
    ['Yes, you can return it.', 'No, you cannot return it.'],
    ['Paris', 'Rome'],
    ['It takes 30 days.', 'It takes 60 days.'],
    ['You can return it.', 'You can not return it.'],
    ['Take it before meals.', 'Take it after meals.'],
    ['The capital of France is Paris.', 'The capital of Italy is Rome.'],
    ['Red', 'Blue'],
  ],
  unsure: [
    ['', 'Paris'],
    ['', ''],
    ['France', 'The capital of France is Paris.'],
    ['It is free of charge for members of the club.', 'Club members do not have to pay anything at all.'],
  ],
}

for (const [verdict, pairs] of Object.entries(EXAMPLES))
  test(`${verdict}: answers that should be called so`, () => {
    for (const [one, other] of pairs) {
      assert.equal(answersAgree(one, other), verdict, `${one} / ${other}`)
      assert.equal(answersAgree(other, one), verdict, `${other} / ${one}`)
    }
  })

test('an answer agrees with itself, the order of two does not matter, and no text makes it throw', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...Object.values(EXAMPLES).flat(2)),
  )
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      assert.notEqual(answersAgree(one, one), 'different')
      assert.equal(answersAgree(one, other), answersAgree(other, one))
    }),
    { numRuns: 1000 },
  )
})

const OPENINGS = ['', 'Sure! ', 'In short: ', 'Here is what to do. ']
const STEPS = [
  'Open the settings of your account and choose the tab for security.',
  'Enter the code that we sent to your phone within ten minutes.',
  'The refund reaches your card after a few working days.',
  'Contact the support team when the message does not arrive.',
  'Keep the receipt, since the shop will ask for it.',
  'The warranty covers faults of material but no damage by water.',
  'Restart the router and wait until the green light is steady.',
]
const FACTS = [
  'The fee is $20.',
  'It takes 14 days.',
  'Ask for Maria Silva.',
  'The office is in Lisbon.',
  'The limit is 250 MB.',
]
const OTHER_FACTS = [
  'The fee is $35.',
  'It takes 60 days.',
  'Ask for Peter Jansen.',
  'The office is in Oslo.',
  'The limit is 500 MB.',
]

test('of answers made up of sentences few are judged wrongly', () => {
  const random = new Random(4)
  const wrong = { same: 0, different: 0 }
  const decided = { same: 0, different: 0 }
  const rounds = 300
  for (let round = 0; round < rounds; round++) {
    const steps = STEPS.filter(() => random.next() < 0.6)
    const at = random.below(FACTS.length)
    const answer = (facts: readonly string[]) =>
      random.pick(OPENINGS) + [...steps, facts[at]].join(random.next() < 0.5 ? ' ' : '\n\n')
    const cached = answer(FACTS)
    const truths = { same: answer(FACTS), different: answer(OTHER_FACTS) }
    for (const truth of ['same', 'different'] as const) {
      const verdict = answersAgree(cached, truths[truth])
      if (verdict !== 'unsure') decided[truth]++
      if (verdict !== 'unsure' && verdict !== truth) wrong[truth]++
    }
  }
  assert.ok(wrong.same <= rounds * 0.01 && wrong.different <= rounds * 0.01, JSON.stringify(wrong))
  assert.ok(decided.same >= rounds * 0.8 && decided.different >= rounds * 0.8, JSON.stringify(decided))
})
