import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Experiment, PairRecord } from '../../server/core/experiment.ts'
import { type RunAnswers, type RunCommand, type RunPlan, runPairId } from '../../server/core/run.ts'
import { type Db, openForWriting } from '../../server/stores/database.ts'
import { Laboratory } from '../../server/stores/experiments/laboratory.ts'
import { pairsInOrder } from '../../server/stores/experiments/pairs.ts'
import { findRun, listRuns, runOutcomes, waitingItems } from '../../server/stores/experiments/runs.ts'
import { itemOf, NOW } from './dataset-samples.ts'

const ID = 'exp_1'
const PLAN: RunPlan = {
  revision: 'abc',
  source: { of: 'traces', route: 'support', from: 0, to: 1, sample: 1, where: [], limit: 10 },
  candidate: { by: 'target', provider: 'two', model: 'small' },
  baseline: 'none',
  evaluators: null,
  replaysTools: false,
  concurrency: 1,
  when: 'now',
  budgetNano: null,
}

const files: string[] = []
let open: Db | null = null
afterEach(() => {
  open?.close()
  open = null
})
after(() => {
  for (const file of files) for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
})

function newStore(): { db: Db; act: ReturnType<typeof actor> } {
  open?.close()
  const file = join(tmpdir(), `gatehouse-runs-${process.pid}-${files.length}.db`)
  files.push(file)
  open = openForWriting(file)
  return { db: open, act: actor(open) }
}

/** As if by a writer thread that has just begun. */
function actor(db: Db) {
  const laboratory = new Laboratory(db)
  return <T extends RunCommand['type']>(command: RunCommand & { type: T }) => laboratory.do(command) as RunAnswers[T]
}

function experimentOf(id: string): Experiment {
  const settings = { alpha: 0.05, margins: {}, cohorts: ['tier'], evaluators: [], judge: null }
  const names = { name: `run ${id}`, route: null, baseline: 'none', candidate: 'two/small' }
  return { id, kind: 'replay', ...names, settings, startedAt: NOW, endedAt: null }
}

function begun({ act }: ReturnType<typeof newStore>, items: number, id = ID): void {
  act({ type: 'begin-run', id, dataset: null, proposed: null, actor: 'session', at: NOW })
  const list = Array.from({ length: items }, (_, index) => ({
    position: index + 1,
    item: itemOf(`${id} ${index}`, { facts: { tier: index % 2 ? 'odd' : 'even' } }),
  }))
  act({ type: 'fill-run', id, items: list })
  act({ type: 'open-run', experiment: experimentOf(id), plan: PLAN })
}

function pairOf(position: number, success = 1): PairRecord {
  const result = { requestId: null, target: 'two/small', outcome: 'ok', error: null, measures: { success } } as const
  const nothing = { requestId: null, baseline: null, self: null, change: null, selfChange: null }
  return {
    id: runPairId(ID, position),
    experiment: ID,
    at: NOW,
    ...nothing,
    candidate: result,
    skipped: 'no_baseline',
    cohort: {},
  }
}

describe('the store of runs', () => {
  it('shows a run once it is complete, with what it will go through', () => {
    const store = newStore()
    const { db, act } = store
    act({ type: 'begin-run', id: 'exp_0', dataset: null, proposed: 'version: 1', actor: 'session', at: NOW })
    act({ type: 'fill-run', id: 'exp_0', items: [{ position: 1, item: itemOf('x') }] })
    assert.equal(findRun(db, 'exp_0'), null)
    begun(store, 3)
    assert.deepEqual(
      listRuns(db, null, 10).map(({ experiment, state, progress }) => [experiment.id, state, progress.total]),
      [[ID, 'waiting', 3]],
    )
    assert.deepEqual(
      waitingItems(db, ID, 1, 10).map(({ position, item }) => [position, item.facts.tier]),
      [
        [2, 'odd'],
        [3, 'even'],
      ],
    )
    // A start finds what an earlier process has not finished making.
    assert.deepEqual(act({ type: 'recover-runs', at: NOW }), [ID])
    const left = db.prepare("SELECT count(*) FROM run_items WHERE experiment = 'exp_0'").pluck().get()
    assert.equal(left, 0)
  })

  it('lists the newest first, page by page', () => {
    const store = newStore()
    for (const id of ['exp_1', 'exp_2', 'exp_3']) begun(store, 1, id)
    const ids = (cursor: string | null) => listRuns(store.db, cursor, 2).map(({ experiment }) => experiment.id)
    assert.deepEqual(ids(null), ['exp_3', 'exp_2'])
    assert.deepEqual(ids('exp_2'), ['exp_1'])
  })

  it('starts a request once: the same claim is the same start, another one is refused', () => {
    const store = newStore()
    begun(store, 1)
    const start = (claim: string) => store.act({ type: 'start-run-item', id: ID, position: 1, claim, at: NOW })
    assert.deepEqual([start('a'), start('a'), start('b')], [true, true, false])
    const run = findRun(store.db, ID)!
    assert.deepEqual([run.state, run.startedAt, run.progress.started], ['running', NOW, 1])
    store.act({ type: 'finish-run-item', pair: pairOf(1), position: 1, state: 'done', costNano: 5, at: NOW })
    assert.equal(start('a'), false)
    // The same twice keeps the first.
    store.act({ type: 'finish-run-item', pair: pairOf(1, 0), position: 1, state: 'failed', costNano: 7, at: NOW })
    const { progress } = findRun(store.db, ID)!
    assert.deepEqual(progress, { total: 1, done: 1, failed: 0, lost: 0, started: 0, costNano: 5 })
    assert.equal(runOutcomes(store.db, ID, null)[0]!.candidate!.measures.success, 1)
  })

  it('ends a run only when nothing of it is left', () => {
    const store = newStore()
    begun(store, 2)
    const end = () =>
      store.act({ type: 'change-run', id: ID, change: 'end', problem: null, actor: null, at: NOW })!.changed
    const finish = (position: number) => {
      store.act({ type: 'start-run-item', id: ID, position, claim: 'x', at: NOW })
      assert.equal(end(), false)
      store.act({ type: 'finish-run-item', pair: pairOf(position), position, state: 'done', costNano: 0, at: NOW })
    }
    finish(1)
    assert.equal(end(), false)
    finish(2)
    assert.equal(end(), true)
    const run = findRun(store.db, ID)!
    assert.deepEqual([run.state, run.endedAt, run.experiment.endedAt], ['done', NOW, NOW])
  })

  it('writes down what people did', () => {
    const store = newStore()
    begun(store, 1)
    const change = (kind: 'pause' | 'resume' | 'cancel') =>
      store.act({ type: 'change-run', id: ID, change: kind, problem: null, actor: 'session', at: NOW })!
    assert.deepEqual(change('pause'), { state: 'paused', changed: true })
    assert.deepEqual(change('pause'), { state: 'paused', changed: false })
    // Nothing of it has begun.
    assert.deepEqual(change('resume'), { state: 'waiting', changed: true })
    assert.deepEqual(change('cancel'), { state: 'cancelled', changed: true })
    assert.equal(store.act({ type: 'change-run', id: 'x', change: 'end', problem: null, actor: null, at: 0 }), null)
    const actions = store.db.prepare('SELECT action FROM audit ORDER BY id').pluck().all()
    assert.deepEqual(actions, ['run-create', 'run-pause', 'run-resume', 'run-cancel'])
  })

  it('never starts a request again by itself, whatever happens in whatever order', () => {
    const position = fc.integer({ min: 1, max: 6 })
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ type: fc.constant('start' as const), position }) },
      { weight: 4, arbitrary: fc.record({ type: fc.constant('finish' as const), position, failed: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('release' as const), position }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('kill', 'pause', 'resume', 'retry') }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = newStore()
        begun(store, 6)
        let { act } = store
        let claims = 0
        /** What a process that lives knows to be under way, and calls of each request since it last waited. */
        const underWay = new Map<number, string>()
        const calls = new Map<number, number>()
        for (const each of steps) {
          if (each.type === 'start') {
            const { position: at } = each as { position: number }
            claims += 1
            if (!act({ type: 'start-run-item', id: ID, position: at, claim: `c${claims}`, at: NOW })) continue
            calls.set(at, (calls.get(at) ?? 0) + 1)
            assert.equal(calls.get(at), 1, 'it was called twice')
            underWay.set(at, `c${claims}`)
          } else if (each.type === 'finish') {
            const { position: at, failed } = each as { position: number; failed: boolean }
            if (!underWay.delete(at)) continue
            const state = failed ? 'failed' : 'done'
            act({ type: 'finish-run-item', pair: pairOf(at), position: at, state, costNano: 1, at: NOW })
          } else if (each.type === 'release') {
            const { position: at } = each as { position: number }
            const claim = underWay.get(at)
            // Whoever has not begun it changes nothing.
            act({ type: 'release-run-item', id: ID, position: at, claim: claim ?? 'nobody' })
            if (underWay.delete(at)) calls.delete(at)
          } else if (each.type === 'kill') {
            act = actor(store.db)
            act({ type: 'recover-runs', at: NOW })
            underWay.clear()
          } else if (each.type === 'retry') {
            const lost = store.db
              .prepare("SELECT position FROM run_items WHERE state = 'lost'")
              .pluck()
              .all() as number[]
            assert.equal(act({ type: 'retry-lost-items', id: ID, actor: 'session', at: NOW }), lost.length)
            for (const at of lost) calls.delete(at)
          } else {
            const change = each.type as 'pause' | 'resume'
            act({ type: 'change-run', id: ID, change, problem: null, actor: 'session', at: NOW })
          }
          const { total, done, lost, started } = findRun(store.db, ID)!.progress
          assert.equal(total, 6)
          assert.equal(started, underWay.size)
          const waiting = waitingItems(store.db, ID, -1, 10).length
          assert.equal(done + lost + started + waiting, total)
          const pairs = pairsInOrder(store.db, ID)
          assert.equal(pairs.length, done + lost)
          assert.equal(pairs.filter(({ skipped }) => skipped === 'lost').length, lost)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('forgets the texts of stored traffic a month after the end, but not what summaries need', () => {
    const store = newStore()
    begun(store, 3)
    for (const position of [1, 2]) store.act({ type: 'start-run-item', id: ID, position, claim: 'x', at: NOW })
    store.act({ type: 'finish-run-item', pair: pairOf(1), position: 1, state: 'done', costNano: 0, at: NOW })
    store.act({ type: 'recover-runs', at: NOW })
    store.act({ type: 'change-run', id: ID, change: 'cancel', problem: null, actor: 'session', at: NOW })
    const texts = () =>
      store.db.prepare("SELECT count(*) FROM run_items WHERE item -> 'request' IS NOT NULL").pluck().get()
    const sweep = (at: number) => [...new Laboratory(store.db).sweep(at)].length
    const MONTH = 30 * 86_400_000
    sweep(NOW + MONTH - 1)
    assert.equal(texts(), 3)
    sweep(NOW + MONTH)
    assert.equal(texts(), 0)
    assert.equal(sweep(NOW + MONTH), 0)
    assert.deepEqual(
      runOutcomes(store.db, ID, 'tier').map(({ fact }) => fact),
      ['even'],
    )
    // There is nothing left to ask.
    assert.equal(store.act({ type: 'retry-lost-items', id: ID, actor: 'session', at: NOW }), 0)
    assert.equal(findRun(store.db, ID)!.progress.lost, 1)
  })

  it('groups what is lost like everything else', () => {
    const store = newStore()
    begun(store, 2)
    store.act({ type: 'start-run-item', id: ID, position: 2, claim: 'x', at: NOW })
    store.act({ type: 'recover-runs', at: NOW })
    const [pair] = pairsInOrder(store.db, ID)
    assert.deepEqual([pair!.skipped, pair!.cohort], ['lost', { tier: 'odd' }])
  })
})
