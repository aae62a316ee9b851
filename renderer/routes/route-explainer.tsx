import { useKeys } from '../keys.ts'
import { ExplainPanel } from './explain-panel.tsx'
import { PanelHead } from './panel-head.tsx'

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
      <PanelHead name={name} closing="Close the route" close={close} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ExplainPanel key={name} route={name} edited={false} revision={revision} />
      </div>
    </section>
  )
}
