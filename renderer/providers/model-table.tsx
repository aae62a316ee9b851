import { useState } from 'react'
import type { ModelRow, ProbeResult } from '../../server/http/admin/schemas.ts'
import { formatCount, formatShort, unknown } from '../format.ts'
import { CopyButton } from '../parts/copy-button.tsx'

/** Some vendors have hundreds: more than this is for the filter. */
const MOST_ROWS = 200
const FILTER_FROM = 10

/** Models with context window, state and list price; what is not known is a dash. */
export function ModelTable({ provider, result }: { provider: string; result: ProbeResult }) {
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const withState = result.models.some(({ loaded }) => loaded !== null)
  const found = result.models.filter(({ id }) => id.toLowerCase().includes(wanted))
  if (result.models.length === 0)
    return <p className="px-5 pt-3 text-sm text-ink-2">It answers, but has no model yet.</p>
  return (
    <>
      {result.models.length >= FILTER_FROM && (
        <div className="flex items-center gap-3 px-5 py-2">
          <input
            type="search"
            className="field w-64"
            placeholder="Filter models"
            aria-label="Filter models"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <span className="text-xs text-ink-3">
            {found.length > MOST_ROWS && `the first ${MOST_ROWS} of `}
            {formatCount(found.length)}
          </span>
        </div>
      )}
      <table className="route-table model-table" aria-label="Models">
        <thead>
          <tr>
            <th scope="col">Model</th>
            {withState && <th scope="col">State</th>}
            <th scope="col" title="Tokens that fit in one request">
              Context
            </th>
            <th scope="col" title="US dollars per million input tokens">
              Input $/M
            </th>
            <th scope="col" title="US dollars per million output tokens">
              Output $/M
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, MOST_ROWS).map((model) => (
            <Row key={model.id} provider={provider} model={model} withState={withState} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className="px-5 py-2 text-sm text-ink-3">No model has that in its name.</p>}
      <PricesAsOf day={result.prices_as_of} />
    </>
  )
}

function Row({ provider, model, withState }: { provider: string; model: ModelRow; withState: boolean }) {
  return (
    <tr>
      <td title={model.id}>
        <span className="inline-flex max-w-full items-center gap-1">
          <span className="truncate font-mono text-xs">{model.id}</span>
          <CopyButton text={`${provider}/${model.id}`} label={`the target ${provider}/${model.id}`} />
        </span>
      </td>
      {withState && <td>{model.loaded !== null && <LoadedState loaded={model.loaded} />}</td>}
      <td className={tone(model.context_window)}>{formatShort(model.context_window)}</td>
      <td className={tone(model.input_usd)}>{formatRate(model.input_usd)}</td>
      <td className={tone(model.output_usd)}>{formatRate(model.output_usd)}</td>
    </tr>
  )
}

/** Whether a local server has a model in memory. */
export function LoadedState({ loaded }: { loaded: boolean }) {
  return loaded ? <span className="text-ok">loaded</span> : <span className="text-ink-3">not loaded</span>
}

/** What the prices are, and how old. */
export function PricesAsOf({ day }: { day: string }) {
  return (
    <p className="px-5 pt-2 text-xs text-ink-3">
      Prices as of {day} (built in), in US dollars per million tokens; — where none is known, as for local models.
    </p>
  )
}

/** Rates of a column are compared, so that they have as many decimals unless more are needed. */
function formatRate(dollars: number | null): string {
  if (dollars === null) return unknown
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`
}

function tone(value: number | null): string {
  return value === null ? 'text-ink-3' : ''
}
