import type { LocalServer } from '../../server/http/admin/schemas.ts'
import { formatCount, formatPlural, formatShort } from '../format.ts'
import { ResidencyBadge } from './badges.tsx'
import { LoadedState } from './model-table.tsx'

const MOST_MODELS = 12

interface LocalServerItemProps {
  server: LocalServer
  add: () => void
  show: (provider: string) => void
}

/** A server that was found: what it is, what it has, and whether it is a provider already. */
export function LocalServerItem({ server, add, show }: LocalServerItemProps) {
  const { configured_as: provider, models } = server
  return (
    <li className="border-t border-line px-5 py-3 text-sm last:border-b">
      <div className="flex items-center gap-2.5">
        <span className="font-medium">{server.label}</span>
        {server.version && <span className="text-ink-3">{server.version}</span>}
        <code className="font-mono text-xs text-ink-2">{server.base_url}</code>
        <ResidencyBadge residency="local" />
        <span className="ml-auto flex-none">
          {provider === null ? (
            <button type="button" className="button" aria-label={`Add ${server.label}`} onClick={add}>
              Add
            </button>
          ) : (
            <span className="text-xs text-ink-3">
              configured as{' '}
              <button type="button" className="text-ink underline" onClick={() => show(provider)}>
                {provider}
              </button>
            </span>
          )}
        </span>
      </div>
      <p className="mt-1 text-xs text-ink-3">
        {models.length === 0 ? 'no model yet' : formatPlural(models.length, 'model')}
      </p>
      <ul className="mt-1 grid grid-cols-2 gap-x-6 gap-y-0.5">
        {models.slice(0, MOST_MODELS).map((model) => (
          <li key={model.id} className="flex min-w-0 items-center gap-2 text-xs">
            <span className="truncate font-mono" title={model.id}>
              {model.id}
            </span>
            {model.context_window !== null && (
              <span className="flex-none text-ink-3">{formatShort(model.context_window)} context</span>
            )}
            <span className="ml-auto flex-none">{model.loaded !== null && <LoadedState loaded={model.loaded} />}</span>
          </li>
        ))}
      </ul>
      {models.length > MOST_MODELS && (
        <p className="mt-1 text-xs text-ink-3">and {formatCount(models.length - MOST_MODELS)} more</p>
      )}
    </li>
  )
}
