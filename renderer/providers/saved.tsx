import { useQuery } from '@tanstack/react-query'
import type { SaveResult } from '../../server/http/admin/schemas.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { configQuery } from '../queries.ts'
import { RouteSnippet } from './route-snippet.tsx'

interface SavedProps {
  id: string
  result: SaveResult
  /** One that it has, for the example. */
  model: string | null
  show: () => void
  another: () => void
}

/** What was written, and how to put it to use. */
export function Saved({ id, result, model, show, another }: SavedProps) {
  const file = useQuery(configQuery).data?.file
  return (
    <div className="grid gap-5 px-5 pt-4">
      <p role="status" className="note note-ok">
        Provider <strong className="font-semibold">{id}</strong> is there, and runs as revision{' '}
        <code className="font-mono">{result.revision?.slice(0, 8)}</code>.
      </p>
      <div>
        <p className="mb-2 text-sm text-ink-2">
          Written below <code className="font-mono">providers</code> in{' '}
          <code className="font-mono text-xs break-all">{file ?? 'the config file'}</code>:
        </p>
        <CodeBlock text={result.yaml ?? ''} label="the provider as YAML" />
      </div>
      <div>
        <RouteSnippet provider={id} model={model} />
      </div>
      <div className="flex gap-2">
        <button type="button" className="button button-strong" onClick={show}>
          Show {id}
        </button>
        <button type="button" className="button" onClick={another}>
          Add another
        </button>
      </div>
    </div>
  )
}
