import { useQuery } from '@tanstack/react-query'
import { Download, Play, Plus } from 'lucide-react'
import { useState } from 'react'
import type { DatasetRow } from '../../server/http/admin/schemas.ts'
import { formatCount, formatMoment } from '../format.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { Failure } from '../parts/failure.tsx'
import { useIsViewer } from '../role.ts'
import { toneOf } from './answer-mark.tsx'
import { DatasetDialog } from './dataset-dialog.tsx'
import { datasetsQuery } from './queries.ts'
import { ReplayDialog } from './replay-dialog.tsx'

/** What is done with datasets, above what there is. */
export function Datasets() {
  const [making, setMaking] = useState(false)
  const isViewer = useIsViewer()
  return (
    <>
      {!isViewer && (
        <div className="flex justify-end px-5 py-2.5">
          <button type="button" className="button" onClick={() => setMaking(true)}>
            <Plus size={13} aria-hidden /> Of stored traffic…
          </button>
        </div>
      )}
      <DatasetTable />
      {making && <DatasetDialog close={() => setMaking(false)} />}
    </>
  )
}

/** Named lists of requests, version by version. */
function DatasetTable() {
  const [replayed, setReplayed] = useState<DatasetRow | null>(null)
  const { data, error, refetch } = useQuery(datasetsQuery)
  const isViewer = useIsViewer()
  if (error && !data) return <Failure what="The datasets" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  if (data.data.length === 0) return <NoDatasets />
  return (
    <div className="overflow-x-auto pb-8">
      <table className="route-table experiment-table" aria-label="Datasets">
        <thead>
          <tr>
            <th scope="col">Dataset</th>
            <th scope="col">Version</th>
            <th scope="col" className="number">
              Items
            </th>
            <th scope="col">Train and test</th>
            <th scope="col">Made of</th>
            <th scope="col">Made</th>
            <th scope="col">
              <span className="sr-only">Run and export</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.data.map((row, index) => (
            <Row
              key={row.id}
              row={row}
              first={data.data[index - 1]?.name !== row.name}
              isViewer={isViewer}
              replay={() => setReplayed(row)}
            />
          ))}
        </tbody>
      </table>
      {replayed && <ReplayDialog dataset={replayed} close={() => setReplayed(null)} />}
    </div>
  )
}

interface RowProps {
  row: DatasetRow
  /** Of its name, so the latest version. */
  first: boolean
  isViewer: boolean
  replay: () => void
}

function Row({ row, first, isViewer, replay }: RowProps) {
  const { name, version, note, source, items, train, test, created_at, actor, frozen_at } = row
  return (
    <tr>
      <th scope="row" className="dataset-name">
        <span className={first ? '' : 'text-ink-3'}>{name}</span>
      </th>
      <td>
        {version}{' '}
        {frozen_at !== null && (
          <span
            className="badge ml-1"
            title={`A run has used it since ${formatMoment(frozen_at)}: it does not change any more`}
          >
            frozen
          </span>
        )}
      </td>
      <td className="number">{formatCount(items)}</td>
      <td>
        <span className="flex items-center gap-2.5">
          <span className="coverage-bar w-24" aria-hidden>
            {train > 0 && <span style={{ ...toneOf('answered'), flexGrow: train }} />}
            {test > 0 && <span style={{ ...toneOf('hit-semantic'), flexGrow: test }} />}
          </span>
          <span className="text-xs text-ink-2">
            {formatCount(train)} train, {formatCount(test)} test
          </span>
        </span>
      </td>
      <td className="sides text-ink-2" title={note || undefined}>
        {source}
      </td>
      <td className="text-ink-2">
        {formatMoment(created_at)} <span className="text-ink-3">{actor}</span>
      </td>
      <td className="number">
        {!isViewer && (
          <button
            type="button"
            className="button button-quiet button-square"
            aria-label={`Run ${name}@${version} through a candidate`}
            title="Run it through a candidate"
            disabled={items === 0}
            onClick={replay}
          >
            <Play size={13} />
          </button>
        )}
        {!isViewer && (
          <a
            className="button button-quiet button-square"
            href={`/admin/api/datasets/${encodeURIComponent(row.id)}/export.jsonl`}
            download
            aria-label={`Export ${name}@${version} as JSONL`}
            title="Export as JSONL"
          >
            <Download size={13} />
          </a>
        )}
      </td>
    </tr>
  )
}

function NoDatasets() {
  return (
    <section className="mx-auto w-full max-w-160 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">There is no dataset yet</h2>
      <p className="mb-5 text-ink-2">
        A dataset is a list of requests with a name and versions, made of stored traffic, of what people labelled, or of
        a file. Personal data and secrets are taken out. Of stored traffic only routes with{' '}
        <code className="font-mono text-sm text-ink">content</code> have texts.
      </p>
      <CodeBlock
        text={
          'gatehouse dataset create --from-traces --route support --sample 0.05 --days 7\ngatehouse dataset import requests.jsonl'
        }
        label="the dataset commands"
      />
    </section>
  )
}
