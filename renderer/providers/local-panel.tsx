import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { LocalServer } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { formatPlural } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { LocalServerItem } from './local-server.tsx'
import { readPorts } from './ports.ts'

interface LocalPanelProps {
  /** The button was pressed just now, rather than the page opened at this address. */
  searchAtOnce: boolean
  add: (server: LocalServer) => void
  show: (provider: string) => void
  close: () => void
}

/** The model servers of this machine, looked for when asked to. */
export function LocalPanel({ searchAtOnce, add, show, close }: LocalPanelProps) {
  const [text, setText] = useState('')
  const search = useMutation({ mutationFn: api.findLocalModels })
  const { ports, wrong } = readPorts(text)
  const begun = useRef(false)
  const { mutate } = search
  useEffect(() => {
    if (!searchAtOnce || begun.current) return
    begun.current = true
    mutate([])
  }, [searchAtOnce, mutate])

  const found = search.data
  return (
    <SidePanel title="Local models" close={close}>
      <form
        className="border-b border-line px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (wrong.length === 0) mutate(ports)
        }}
      >
        <p className="mb-3 text-sm text-ink-2">
          Asks this machine’s own ports, and no other machine’s, whether Ollama, LM Studio, vLLM or llama.cpp answers.
          No credential goes along.
        </p>
        <div className="flex items-center gap-2">
          <input
            className="field w-64"
            placeholder="Further ports, e.g. 9000 9001"
            aria-label="Further ports"
            aria-invalid={wrong.length > 0}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="button" disabled={search.isPending || wrong.length > 0}>
            {search.isPending ? 'Looking…' : found ? 'Search again' : 'Search'}
          </button>
          {wrong.length > 0 && (
            <span role="alert" className="text-xs text-error">
              Not a port: {wrong.join(', ')}
            </span>
          )}
        </div>
      </form>
      {search.error && <Failure what="What runs here" error={search.error} retry={() => mutate(ports)} />}
      {search.isPending && <p className="px-5 py-4 text-sm text-ink-3">Looking, for a few seconds at most…</p>}
      {found && !search.isPending && (
        <>
          <p role="status" className="label px-5 pt-4 pb-2">
            {found.data.length === 0
              ? 'No model server answered'
              : `${formatPlural(found.data.length, 'server')} found`}
          </p>
          {found.data.length === 0 && (
            <p className="px-5 pb-3 text-sm text-ink-2">
              Start one, or name its port above. Servers on other machines are added by their address.
            </p>
          )}
          <ul aria-label="Local model servers">
            {found.data.map((server) => (
              <LocalServerItem key={server.base_url} server={server} add={() => add(server)} show={show} />
            ))}
          </ul>
          <p className="px-5 pt-3 text-xs text-ink-3">Ports asked: {found.ports.join(', ')}</p>
        </>
      )}
    </SidePanel>
  )
}
