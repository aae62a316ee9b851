import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunRow } from '../../server/http/admin/schemas.ts'
import { api, type RunChange } from '../api.ts'
import { readExperimentsAgain } from './queries.ts'
import { changesOf, needsBudget } from './run-words.ts'

const names: Record<RunChange, string> = {
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  'retry-lost': 'Run lost ones again',
}

const titles: Record<RunChange, string> = {
  pause: 'Nothing more is begun; what is under way comes to its end',
  resume: 'Go on where it stopped: no call is made twice',
  cancel: 'End it for good; what has been compared stays',
  'retry-lost': 'They were cut off as the gateway stopped; a provider may bill them twice',
}

/** What can be done with a run. */
export function RunButtons({ run }: { run: RunRow }) {
  const [budget, setBudget] = useState('')
  const change = useMutation({ mutationFn: api.changeRun, onSettled: readExperimentsAgain })
  const wantsBudget = needsBudget(run)
  const enough = Number(budget) > run.cost_usd
  const act = (name: RunChange) =>
    change.mutate({
      id: run.id,
      change: name,
      ...(name === 'resume' && wantsBudget ? { budget_usd: Number(budget) } : {}),
    })
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      {change.error && (
        <span role="alert" className="text-xs text-error">
          {change.error.message}
        </span>
      )}
      {wantsBudget && (
        <input
          className="field w-28"
          inputMode="decimal"
          aria-label={`New budget of ${run.name} in dollars`}
          placeholder="new budget, $"
          value={budget}
          onChange={(event) => setBudget(event.target.value)}
        />
      )}
      {changesOf(run).map((name) => (
        <button
          key={name}
          type="button"
          className="button"
          title={titles[name]}
          disabled={change.isPending || (name === 'resume' && wantsBudget && !enough)}
          onClick={() => act(name)}
        >
          {names[name]}
        </button>
      ))}
    </span>
  )
}
