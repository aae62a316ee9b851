import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WEIGHTS as GROUNDEDNESS } from '../../server/evaluators/groundedness/weights.ts'
import { WEIGHTS as RELEVANCY } from '../../server/evaluators/relevancy/weights.ts'
import { MISSING_DATA } from './data.ts'
import { GROUNDEDNESS_FLOORS, RELEVANCY_FLOORS } from './floors.ts'
import { measureCases, measureGroundedness } from './groundedness.ts'
import { measureRelevancy } from './relevancy.ts'
import { randomSets } from './relevancy-sets.ts'
import { groundednessTraining, heldOutAuc, relevancyTraining, trainOn } from './training.ts'

/** At least so many of our own cases, that no weight has seen, come out right. */
const CASES = { foundAtLeast: 0.85, alarmsAtMost: 0.1, pointedAtLeast: 0.95 }

describe('groundedness keeps its floors', { skip: MISSING_DATA ?? false }, () => {
  it('as it ships', () => {
    for (const { name, auc } of measureGroundedness())
      assert.ok(auc >= (GROUNDEDNESS_FLOORS[name] ?? 0.5), `${name}: ${auc}`)
  })

  it('on sources that its weights have not seen, and ships what the training makes', () => {
    const training = groundednessTraining()
    for (const set of training.sets.filter(({ name }) => name in GROUNDEDNESS_FLOORS)) {
      const auc = heldOutAuc(training, set)
      assert.ok(auc >= GROUNDEDNESS_FLOORS[set.name]!, `${set.name}: ${auc}`)
    }
    const { bias, weights } = trainOn(training, training.sets)
    assert.deepEqual({ bias, signals: weights }, GROUNDEDNESS)
  })
})

describe('answer-relevancy keeps its floors', { skip: MISSING_DATA ?? false }, () => {
  it('as it ships', () => {
    for (const set of randomSets()) {
      const { auc } = measureRelevancy(set)
      assert.ok(auc >= (RELEVANCY_FLOORS[set.name] ?? 0.5), `${set.name}: ${auc}`)
    }
  })

  it('on sources that its weights have not seen, and ships what the training makes', () => {
    const training = relevancyTraining()
    for (const set of training.sets.filter(({ name }) => name in RELEVANCY_FLOORS)) {
      const auc = heldOutAuc(training, set)
      assert.ok(auc >= RELEVANCY_FLOORS[set.name]!, `${set.name}: ${auc}`)
    }
    const { bias, weights } = trainOn(training, training.sets)
    assert.deepEqual({ bias, signals: weights }, RELEVANCY)
  })
})

it('groundedness finds what is wrong in our own cases, and points at it', () => {
  for (const { name, rows } of measureCases().slice(1, 3)) {
    const [right, wrong] = rows.slice(-2)
    assert.ok(right!.failed <= CASES.alarmsAtMost, `${name}: ${right!.failed} of what is right fails`)
    assert.ok(wrong!.failed >= CASES.foundAtLeast, `${name}: ${wrong!.failed} of what is wrong fails`)
    assert.ok(wrong!.inSentence! >= CASES.pointedAtLeast, `${name}: ${wrong!.inSentence} pointed at`)
  }
})
