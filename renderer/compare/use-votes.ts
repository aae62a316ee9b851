import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { PairRow } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { readExperimentsAgain } from './queries.ts'
import type { Vote } from './shapes.ts'

export interface Votes {
  /** What this person says of a pair now. */
  of(pair: PairRow): Vote | null
  /** Says it, or takes it back where it has been said already. */
  cast(pair: PairRow, vote: Vote): void
  problem: Error | null
}

/** One person's votes. They are shown at once, and taken back where they could not be stored. */
export function useVotes(experiment: string): Votes {
  const [said, setSaid] = useState<ReadonlyMap<string, Vote | null>>(new Map())
  /** A verdict takes a look at every pair: it is read again once the pairs are left. */
  const hasVoted = useRef(false)
  const say = (pair: string, vote: Vote | null) => setSaid((before) => new Map(before).set(pair, vote))
  const { mutate, error } = useMutation({
    mutationFn: ({ pair, vote }: { pair: string; vote: Vote | null; before: Vote | null }) =>
      api.vote({ experiment, pair, vote }),
    onError: (_, { pair, before }) => say(pair, before),
    onSuccess: () => {
      hasVoted.current = true
    },
  })
  useEffect(
    () => () => {
      if (hasVoted.current) readExperimentsAgain()
    },
    [],
  )
  const of = ({ id, own_vote }: PairRow) => (said.has(id) ? (said.get(id) ?? null) : own_vote)
  return {
    of,
    cast(pair, vote) {
      const before = of(pair)
      const next = before === vote ? null : vote
      say(pair.id, next)
      mutate({ pair: pair.id, vote: next, before })
    },
    problem: error,
  }
}
