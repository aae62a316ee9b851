import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { DatasetRow } from '../../server/http/admin/schemas.ts'
import { formatCount, formatMoment } from '../format.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { Failure } from '../parts/failure.tsx'
import { useIsViewer } from '../role.ts'
import { toneOf } from './answer-mark.tsx'
import { datasetsQuery } from './queries.ts'

/** Named lists of requests, version by version. */
export function DatasetTable() {
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
              <span className="sr-only">Export</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.data.map((row, index) => (
            <Row key={row.id} row={row} first={data.data[index - 1]?.name !== row.name} isViewer={isViewer} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** `first`: of its name, so the latest version. */
function Row({ row, first, isViewer }: { row: DatasetRow; first: boolean; isViewer: boolean }) {
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
