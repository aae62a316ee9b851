import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api } from '../api.ts'
import { formatCount } from '../format.ts'
import { useSettled } from '../parts/use-settled.ts'
import { queryClient, routesQuery } from '../queries.ts'
import { FormDialog, TextField } from './form-dialog.tsx'
import { datasetsQuery } from './queries.ts'
import { type DatasetForm, datasetOrderOf } from './run-order.ts'

const EMPTY: DatasetForm = { name: '', route: '', days: '7', sample: '100', where: '' }

/** Makes a dataset of stored traffic, once it is known how much there is. */
export function DatasetDialog({ close }: { close: () => void }) {
  const [form, setForm] = useState(EMPTY)
  const id = useId()
  const routes = useQuery(routesQuery)
  const order = datasetOrderOf(form)
  const settled = useSettled(JSON.stringify(order))
  const preview = useQuery({
    queryKey: ['dataset-preview', settled],
    queryFn: ({ signal }) => api.previewDataset(JSON.parse(settled), signal),
    enabled: settled !== 'null',
    retry: false,
  })
  const make = useMutation({
    mutationFn: () => api.createDataset(order!),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: datasetsQuery.queryKey })
      close()
    },
  })
  const field = (name: 'name' | 'days' | 'sample') => ({
    value: form[name],
    change: (value: string) => setForm({ ...form, [name]: value }),
  })
  return (
    <FormDialog
      title="A dataset of stored traffic"
      action={make.isPending ? 'Making it…' : 'Make it'}
      ready={order !== null && !make.isPending}
      error={make.error ?? (settled === 'null' ? null : preview.error)}
      submit={() => make.mutate()}
      close={close}
    >
      <TextField label="Name" hint="one that is there gets a new version" {...field('name')} />
      <label className="text-sm">
        <span className="mb-1 block">Route</span>
        <select
          className="field w-full"
          value={form.route}
          onChange={({ target }) => setForm({ ...form, route: target.value })}
        >
          <option value="">choose one</option>
          {routes.data?.data.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className="grid grid-cols-2 gap-3">
        <TextField label="Days" {...field('days')} />
        <TextField label="Share, in percent" {...field('sample')} />
      </div>
      <div>
        <label htmlFor={id} className="mb-1 block text-sm">
          Only where, a condition each line
        </label>
        <textarea
          id={id}
          className="field h-16 w-full resize-y py-1.5 font-mono leading-normal"
          placeholder="score.groundedness<0.5"
          value={form.where}
          onChange={({ target }) => setForm({ ...form, where: target.value })}
        />
      </div>
      <p className="min-h-10 text-sm text-ink-2" role="status">
        {preview.data
          ? (preview.data.problem ??
            `${formatCount(preview.data.items)} of ${formatCount(preview.data.requests)} requests; ${formatCount(preview.data.duplicates)} are there already.`)
          : 'How many requests that are is told here first. Personal data and secrets are taken out.'}
      </p>
    </FormDialog>
  )
}
