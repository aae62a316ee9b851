import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outcomeOf } from '../../server/evaluators/session/tool-outcomes.ts'
import { replyOf } from './reply.ts'
import { COMPLETED } from './sessions/completed.ts'
import { HARDER } from './sessions/harder.ts'
import { HELD_OUT } from './sessions/held-out.ts'
import { NOT_COMPLETED } from './sessions/not-completed.ts'
import { readSession, type Session } from './sessions/read-session.ts'
import { make, scoreNow, subjectOf } from './subject.ts'

const evaluator = make('task-completion', { unfinished: 'fail' })

function measure(sessions: readonly Session[]): { auc: number; accuracy: number } {
  const judged = sessions.map((session) => ({ session, score: scoreNow(evaluator, readSession(session))! }))
  const scoresOf = (completed: boolean) =>
    judged.filter(({ session }) => session.completed === completed).map(({ score }) => score.score)
  const [good, bad] = [scoresOf(true), scoresOf(false)]
  const wins = good.flatMap((one) => bad.map((other): number => (one > other ? 1 : one === other ? 0.5 : 0)))
  return {
    auc: wins.reduce((sum, win) => sum + win, 0) / wins.length,
    accuracy: judged.filter(({ session, score }) => session.completed === score.passed).length / judged.length,
  }
}

const score = (lines: string) => scoreNow(evaluator, readSession({ completed: true, lines }))

describe('task-completion', () => {
  for (const [name, sessions, least] of [
    ['sessions that it was made with', [...COMPLETED, ...NOT_COMPLETED, ...HARDER], 0.97],
    ['sessions that it was not made with', HELD_OUT, 0.8],
  ] as const)
    it(`tells completed from other ${name}`, (t) => {
      const { auc, accuracy } = measure(sessions)
      t.diagnostic(
        `${sessions.length} sessions: AUC ${auc.toFixed(3)}, ${(100 * accuracy).toFixed(0)} % on the right side`,
      )
      assert.ok(auc >= least)
    })

  it('judges sessions only', () => {
    assert.equal(score('U Hello\n=\nA Hello!'), null)
    assert.equal(
      scoreNow(evaluator, subjectOf('x', { request: { system: '', question: '', messages: [], tools: [] } })),
      null,
    )
  })

  it('leaves turns alone that only call tools, but where the session is over', () => {
    const lines = 'U Find it\nC find {}\nR {"at":3}\n=\nC open {"at":3}'
    assert.equal(scoreNow(make('task-completion'), readSession({ completed: false, lines })), null)
    assert.deepEqual(score(lines)?.passed, false)
  })

  const SESSION = 'U Cancel order 88\nC cancel {"id":88}\nR {"cancelled":88}\n'
  it('says what is weakest, and nothing of the session', () => {
    const REASONS: Readonly<Record<string, string>> = {
      [`${SESSION}=\nA Order 88 is cancelled.`]: 'The session looks completed.',
      [`${SESSION}=\nA I’m sorry, I can’t help with that.`]: 'The session looks not completed: the last reply refuses.',
      [`${SESSION}=\nA `]: 'The session looks not completed: the last reply is empty.',
      [`${SESSION}=\nA I was not able to cancel order 88.`]:
        'The session looks not completed: the last reply gives up.',
      'U Cancel order 88\nC cancel {}\nE boom\n=\nA Done!':
        'The session looks not completed: a tool failed, and no later call made up for it.',
      [`${SESSION}${'C cancel {"id":88}\nR {"cancelled":88}\n'.repeat(4)}=\nA Order 88 is cancelled.`]:
        'The session looks not completed: the same tool call is made again and again.',
      'U Cancel order 88\nA Order 89 is cancelled.\nU That is wrong!\n=\nA Order 89 is cancelled.':
        'The session looks not completed: the user complains, and has not been satisfied since.',
    }
    for (const [lines, reason] of Object.entries(REASONS)) assert.equal(score(lines)?.reason, reason)
  })

  it('falls where one thing gets worse', () => {
    const better = score(`${SESSION}=\nA Order 88 is cancelled.`)!.score
    for (const worse of [
      `${SESSION}U That's wrong!\n=\nA Order 88 is cancelled.`,
      `${SESSION}C cancel {"id":88}\nR {"cancelled":88}\n=\nA Order 88 is cancelled.`,
      `U Cancel order 88\nC cancel {"id":88}\nE boom\n${SESSION.split('\n').slice(1).join('\n')}=\nA Order 88 is cancelled.`,
      `${SESSION}=\nA Shall I go on?`,
    ])
      assert.ok(score(worse)!.score < better, worse)
    const complained = `U Cancel order 88\nA Order 89 is cancelled.\nU That's wrong!\nA Order 88 is cancelled.\n`
    const [open, thanked] = ['U And order 90?\n', 'U Thanks! And order 90?\n'].map(
      (next) => score(`${complained}${next}=\nA Order 90 is open.`)!.score,
    )
    assert.ok(thanked! > open!)
  })

  it('counts a reply that was cut off for half', () => {
    const { request } = readSession({ completed: true, lines: `${SESSION}=\nA x` })
    const cut = scoreNow(evaluator, subjectOf(replyOf('Order 88 is', { finishReason: 'length' }), { request }))!
    assert.equal(cut.passed, true)
    assert.equal(cut.reason, 'The session looks completed: the last reply is cut off.')
  })
})

describe('the outcome of a tool', () => {
  const CASES: readonly [name: string, text: string, outcome: string][] = [
    ['book', '{"status":"confirmed"}', 'done'],
    ['book', '{"error":null,"id":3}', 'done'],
    ['book', '{"error":"no such table"}', 'failed'],
    ['book', '{"ok":false}', 'failed'],
    ['book', '{"status":503}', 'failed'],
    ['book', '{"status":200}', 'done'],
    ['book', '{"result":"device offline"}', 'failed'],
    ['book', '[]', 'empty'],
    ['book', '', 'empty'],
    ['book', 'No results found', 'empty'],
    ['book', 'ValueError: bad date', 'failed'],
    ['book', '502 Bad Gateway', 'failed'],
    ['run', 'exit code 0', 'done'],
    ['run', 'exit code 127', 'failed'],
    ['run', '3 failed, 9 passed', 'failed'],
    ['run', '0 failed, 12 passed', 'done'],
    ['read_log', 'error TS2322: wrong type', 'done'],
    ['read_log', 'open: permission denied', 'failed'],
    ['read_file', `How to deal with “file not found”. ${'Text. '.repeat(100)}`, 'done'],
  ]
  for (const [name, text, outcome] of CASES)
    it(`of ${name}: ${text.slice(0, 40)} is ${outcome}`, () => assert.equal(outcomeOf(name, text, false), outcome))
  it('is what the protocol says, where it says', () => assert.equal(outcomeOf('book', 'fine', true), 'failed'))
})
