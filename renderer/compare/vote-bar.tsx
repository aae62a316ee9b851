import type { PairRow } from '../../server/http/admin/schemas.ts'
import { type Choice, choiceOf, type Order } from './blind.ts'
import type { Vote } from './shapes.ts'
import { countedVotes } from './words.ts'

interface VoteBarProps {
  pair: PairRow
  order: Order
  isOpen: boolean
  /** Of this person. */
  vote: Vote | null
  choose: (choice: Choice) => void
  problem: Error | null
}

const choices: readonly { choice: Choice; key: string; words: string }[] = [
  { choice: 'a', key: '1', words: 'A is better' },
  { choice: 'tie', key: '0', words: 'Neither' },
  { choice: 'b', key: '2', words: 'B is better' },
]

/** Which reply is better. What others said is shown with the names: it would sway. */
export function VoteBar({ pair, order, isOpen, vote, choose, problem }: VoteBarProps) {
  const chosen = vote === null ? null : choiceOf(vote, order)
  const { baseline, candidate, tie } = countedVotes(pair, vote)
  return (
    <footer className="vote-bar">
      <fieldset className="flex gap-2" aria-label="Which reply is better">
        {choices.map(({ choice, key, words }) => (
          <button
            key={choice}
            type="button"
            className="button vote"
            aria-pressed={chosen === choice}
            onClick={() => choose(choice)}
          >
            {words} <kbd className="key">{key}</kbd>
          </button>
        ))}
      </fieldset>
      <p role="status" className="min-w-0 text-xs text-ink-3">
        {problem !== null && <span className="text-error">Not stored: {problem.message}</span>}
        {problem === null &&
          !isOpen &&
          (chosen === null ? 'Names are hidden.' : 'Stored. The same again takes it back.')}
        {problem === null &&
          isOpen &&
          `Votes: baseline ${baseline}, candidate ${candidate}, neither ${tie}. What is said now is not blind.`}
      </p>
    </footer>
  )
}
