import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { DatasetRow } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { useSettled } from '../parts/use-settled.ts'
import { FormDialog, TextField } from './form-dialog.tsx'
import { readExperimentsAgain } from './queries.ts'
import { estimateText, type RunForm, runOrderOf } from './run-order.ts'

/** Runs a dataset through a candidate, once it is known what that takes. */
export function ReplayDialog({ dataset: { name, version }, close }: { dataset: DatasetRow; close: () => void }) {
  const [form, setForm] = useState<RunForm>({ dataset: `${name}@${version}`, candidate: '', split: '', idle: false })
  const [, navigate] = useLocation()
  const order = runOrderOf(form)
  const settled = useSettled(JSON.stringify(order))
  const estimate = useQuery({
    queryKey: ['run-estimate', settled],
    queryFn: ({ signal }) => api.estimateRun(JSON.parse(settled), signal),
    enabled: settled !== 'null',
    retry: false,
  })
  const start = useMutation({
    mutationFn: () => api.startRun(order!),
    onSuccess: () => {
      readExperimentsAgain()
      close()
      navigate('/compare?tab=runs')
    },
  })
  return (
    <FormDialog
      title={`Run ${form.dataset} through a candidate`}
      action={start.isPending ? 'Starting…' : 'Start'}
      ready={order !== null && !start.isPending}
      error={start.error ?? (settled === 'null' ? null : estimate.error)}
      submit={() => start.mutate()}
      close={close}
    >
      <TextField
        label="Candidate"
        hint="provider/model, e.g. ollama/gemma3"
        value={form.candidate}
        change={(candidate) => setForm({ ...form, candidate })}
      />
      <label className="flex items-center gap-2 text-sm">
        Part
        <select
          className="field"
          value={form.split}
          onChange={({ target }) => setForm({ ...form, split: target.value as RunForm['split'] })}
        >
          <option value="">all of it</option>
          <option value="train">train</option>
          <option value="test">test</option>
        </select>
      </label>
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={form.idle}
          onChange={({ target }) => setForm({ ...form, idle: target.checked })}
        />
        Only while no caller is served
      </label>
      <p className="min-h-10 text-sm text-ink-2" role="status">
        {estimate.data
          ? estimateText(estimate.data)
          : 'What it takes is told here first. Recorded replies are what it is compared with.'}
        {estimate.data?.warnings.map((warning) => (
          <span key={warning} className="block text-fallback">
            {warning}
          </span>
        ))}
      </p>
    </FormDialog>
  )
}
