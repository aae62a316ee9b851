import { X } from 'lucide-react'
import { useKeys } from '../keys.ts'
import { ExplainPanel } from './explain-panel.tsx'

interface RouteExplainerProps {
  name: string
  revision: string
  close: () => void
}

/** One route for those who may only read: it can be tried on a request, which calls nobody. */
export function RouteExplainer({ name, revision, close }: RouteExplainerProps) {
  useKeys([{ keys: ['Escape'], name: 'Close the route', group: 'Routes', run: close }])
  return (
    <section className="route-editor" aria-label={`Route ${name}`}>
      <header className="flex h-11 flex-none items-center gap-2 border-b border-line pr-3 pl-5">
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold">{name}</h2>
        <button
          type="button"
          className="button button-quiet button-square"
          aria-label="Close the route"
          onClick={close}
        >
          <X size={16} />
        </button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ExplainPanel key={name} route={name} edited={false} revision={revision} />
      </div>
    </section>
  )
}
